import type { Json, TokenUsage } from '../../shared/prompt-request.js';
import { createEventCollector, createWholeCollector } from './collectors.js';
import { isJsonArray, isJsonObject, type JsonObject, parseJson } from './json.js';
import type { AnswerType, Collector, Outcome, Reason } from './wire-format.js';

/** Reads a response, whole or as a stream. Only one plain text with a clean end is kept. */
export function createResponsesCollector(type: AnswerType): Collector | Reason {
  if (type === 'text/plain') return 'the answer is plain text';
  return type === 'text/event-stream'
    ? createEventCollector(readEvent, () => 'the answer was cut off: it has no response.completed')
    : createWholeCollector((text) => toOutcome(parseJson(text)));
}

/** The event that ends a stream holds the whole response: the others need not be read. */
function readEvent(data: string): Outcome | undefined {
  const event = parseJson(data);
  if (!isJsonObject(event)) return 'the answer is not JSON';
  const { type, response, error } = event;
  if (type === 'response.completed') return toOutcome(response);
  if (type === 'response.failed' || type === 'error' || error) return 'the answer is an error';
  if (type === 'response.incomplete') return 'status is "incomplete"';
  return undefined;
}

function toOutcome(response: Json | undefined): Outcome {
  if (!isJsonObject(response)) return 'the answer is not JSON';
  const { id, error, status, output, model, usage } = response;
  if (error) return 'the answer is an error';
  if (!isJsonArray(output)) return 'the answer is no response';
  if (status !== 'completed') return `status is ${JSON.stringify(status ?? null)}`;
  const [item, ...others] = output.filter((it) => !isSilentReasoning(it));
  if (item === undefined) return 'the answer is empty';
  if (!isJsonObject(item) || item.type !== 'message') return `the answer has ${toType(item)}`;
  if (others.length > 0) return `the answer has ${toType(others[0])} beside its text`;
  const found = readMessage(item);
  if ('reason' in found) return found.reason;
  const counts = toUsage(usage);
  const name = typeof model === 'string' ? model : '';
  return {
    text: found.text,
    model: name,
    ...(typeof id === 'string' && { id }),
    ...(counts && { usage: counts }),
  };
}

/**
 * Whether an item is reasoning of which the app sees nothing. What it shows, a summary that the app
 * asked for, a replay would lose.
 */
function isSilentReasoning(item: Json): boolean {
  if (!isJsonObject(item) || item.type !== 'reasoning') return false;
  return [item.summary, item.content].every((shown) => !isJsonArray(shown) || shown.length === 0);
}

function toType(item: Json | undefined): string {
  return isJsonObject(item) && typeof item.type === 'string' ? item.type : 'an unknown item';
}

function readMessage({ content, phase }: JsonObject): { text: string } | { reason: Reason } {
  if (!isJsonArray(content)) return { reason: 'the answer is no response' };
  if (phase === 'commentary') return { reason: 'the answer is a commentary' };
  const [part, ...others] = content;
  if (part === undefined) return { reason: 'the answer is empty' };
  if (others.length > 0) return { reason: 'the answer has several parts' };
  if (!isJsonObject(part) || part.type !== 'output_text') {
    return { reason: `the answer has ${toType(part)}` };
  }
  const { annotations, logprobs, text } = part;
  if (isFilled(annotations)) return { reason: 'the answer has annotations' };
  if (isFilled(logprobs)) return { reason: 'the answer has logprobs' };
  if (typeof text !== 'string') return { reason: 'the answer is not plain text' };
  return text === '' ? { reason: 'the answer is empty' } : { text };
}

function isFilled(list: Json | undefined): boolean {
  return isJsonArray(list) ? list.length > 0 : Boolean(list);
}

function toUsage(usage: Json | undefined): TokenUsage | undefined {
  if (!isJsonObject(usage)) return undefined;
  const { input_tokens: promptTokens, output_tokens: completionTokens } = usage;
  return typeof promptTokens === 'number' && typeof completionTokens === 'number'
    ? { promptTokens, completionTokens }
    : undefined;
}
