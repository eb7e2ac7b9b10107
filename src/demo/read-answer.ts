import { createEventReader } from '../adapters/wire/event-reader.js';
import type { TokenUsage } from '../shared/prompt-request.js';
import { toField } from './to-field.js';

/** The upstream refused, or its answer is not one. The message is for people. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

/**
 * Reads a chat completion, streamed or whole, piece by piece.
 *
 * @param onUsage - Told what the provider counted, where it says so.
 * @throws {AnswerError} for an error status, an error in the stream, or a stream that breaks off.
 */
export async function* readAnswer(
  response: Response,
  onUsage: (usage: TokenUsage) => void = () => {},
): AsyncGenerator<string, void> {
  if (!response.ok) throw new AnswerError(await toRefusal(response));
  if (!response.headers.get('content-type')?.includes('text/event-stream')) {
    const body: unknown = await response.json();
    yield readText(body, 'message');
    tellUsage(body, onUsage);
    return;
  }
  let isFinished = false;
  for await (const data of readEvents(response)) {
    if (data === '[DONE]') {
      isFinished = true;
      continue;
    }
    const chunk: unknown = JSON.parse(data);
    const refusal = toErrorMessage(chunk);
    if (refusal !== undefined) throw new AnswerError(refusal);
    const text = readText(chunk, 'delta');
    if (text !== '') yield text;
    isFinished ||= hasFinishReason(chunk);
    tellUsage(chunk, onUsage);
  }
  if (!isFinished) throw new AnswerError('The answer broke off before its end.');
}

/** Ends an event that the stream leaves open. */
const BLANK_LINE = new TextEncoder().encode('\n\n');

/** The `data` of each server-sent event. */
async function* readEvents(response: Response): AsyncGenerator<string, void> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  const waiting: string[] = [];
  const events = createEventReader((data) => {
    if (data !== '') waiting.push(data);
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      events.push(done ? BLANK_LINE : value);
      yield* waiting.splice(0);
      if (done) return;
    }
  } finally {
    // Frees the connection when the consumer stops early; after the end it does nothing.
    void reader.cancel().catch(() => {});
  }
}

async function toRefusal(response: Response): Promise<string> {
  const text = await response.text();
  let message: string | undefined;
  try {
    message = toErrorMessage(JSON.parse(text));
  } catch {
    message = undefined; // a proxy's HTML page tells less than the status
  }
  return `The upstream answered ${response.status}: ${message ?? (response.statusText || 'no reason given')}`;
}

function toErrorMessage(body: unknown): string | undefined {
  const error = toField(body, 'error');
  if (typeof error === 'string') return error;
  const message = toField(error, 'message');
  return typeof message === 'string' ? message : undefined;
}

function readText(body: unknown, field: 'delta' | 'message'): string {
  const content = toField(toField(toFirstChoice(body), field), 'content');
  return typeof content === 'string' ? content : '';
}

function hasFinishReason(chunk: unknown): boolean {
  return typeof toField(toFirstChoice(chunk), 'finish_reason') === 'string';
}

function tellUsage(body: unknown, onUsage: (usage: TokenUsage) => void): void {
  const usage = toField(body, 'usage');
  const promptTokens = toField(usage, 'prompt_tokens');
  const completionTokens = toField(usage, 'completion_tokens');
  if (typeof promptTokens === 'number' && typeof completionTokens === 'number') {
    onUsage({ promptTokens, completionTokens });
  }
}

function toFirstChoice(body: unknown): unknown {
  const choices = toField(body, 'choices');
  return Array.isArray(choices) ? choices[0] : undefined;
}
