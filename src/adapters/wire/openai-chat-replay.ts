import type { Json, StoredResponse } from '../../shared/prompt-request.js';
import { createReplayBody, splitText } from './replay-body.js';
import type { ReplayOptions } from './wire-format.js';

/** Nothing was spent on this answer. */
const usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

/** Tells a stored answer as a chat completion, whole or as a stream. */
export function replayChat(response: StoredResponse, options: ReplayOptions): Response {
  const { stream, id, signal } = options;
  const pieces = stream ? toEvents(response, options) : [toCompletion(response, options)];
  const type = stream ? 'text/event-stream; charset=utf-8' : 'application/json';
  const headers = { 'content-type': type, 'x-request-id': `skimp-${id}` };
  return new Response(createReplayBody(pieces, signal), { headers });
}

function toHead(object: string, { model }: StoredResponse, { id, at }: ReplayOptions) {
  return { id: `chatcmpl-${id}`, object, created: Math.floor(at / 1000), model };
}

function toCompletion(response: StoredResponse, options: ReplayOptions): string {
  const message = { role: 'assistant', content: response.text, refusal: null };
  return JSON.stringify({
    ...toHead('chat.completion', response, options),
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage,
  });
}

function toEvents(response: StoredResponse, options: ReplayOptions): string[] {
  const head = toHead('chat.completion.chunk', response, options);
  const toChunk = (delta: Json, finishReason: string | null = null) => ({
    ...head,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
    ...(options.includeUsage && { usage: null }),
  });
  const chunks = [
    toChunk({ role: 'assistant', content: '', refusal: null }),
    ...splitText(response.text).map((content) => toChunk({ content })),
    toChunk({}, 'stop'),
    ...(options.includeUsage ? [{ ...head, choices: [], usage }] : []),
  ];
  return [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'].map(
    (data) => `data: ${data}\n\n`,
  );
}
