import type { Json } from '../../shared/prompt-request.js';
import { createEventCollector, createWholeCollector } from './collectors.js';
import { isJsonArray, isJsonObject, type JsonObject, parseJson } from './json.js';
import { toPlainText } from './request-key.js';
import type { AnswerType, Collector, Outcome, Reason } from './wire-format.js';

/** An answer as far as it has come; `text`: there is a block of it. */
type Draft = {
  text: string | undefined;
  model: string;
  stopReason: Json;
  promptTokens: number | undefined;
  completionTokens: number | undefined;
};

/** Reads a message, whole or as a stream. Only one plain text with a clean end is kept. */
export function createMessagesCollector(type: AnswerType): Collector | Reason {
  if (type === 'text/plain') return 'the answer is plain text';
  const draft: Draft = {
    text: undefined,
    model: '',
    stopReason: null,
    promptTokens: undefined,
    completionTokens: undefined,
  };
  return type === 'text/event-stream'
    ? createEventCollector(
        (data) => readEvent(draft, data),
        () => 'the answer was cut off',
      )
    : createWholeCollector((text) => readMessage(draft, parseJson(text)));
}

function readMessage(draft: Draft, message: Json | undefined): Outcome {
  if (!isJsonObject(message)) return 'the answer is not JSON';
  if (message.type === 'error') return 'the answer is an error';
  if (message.type !== 'message' || !isJsonArray(message.content))
    return 'the answer is no message';
  startMessage(draft, message);
  for (const block of message.content) {
    const reason = startBlock(draft, block);
    if (reason !== undefined) return reason;
  }
  endMessage(draft, message);
  return toOutcome(draft);
}

function readEvent(draft: Draft, data: string): Outcome | undefined {
  const event = parseJson(data);
  if (!isJsonObject(event)) return 'the answer is not JSON';
  const { type, message, content_block: block, delta, usage } = event;
  switch (type) {
    case 'message_start':
      return isJsonObject(message) ? startMessage(draft, message) : 'the answer is no message';
    case 'content_block_start':
      return startBlock(draft, block);
    case 'content_block_delta':
      return extendBlock(draft, delta);
    case 'message_delta':
      return isJsonObject(delta)
        ? endMessage(draft, { ...delta, usage })
        : 'the answer is no message';
    case 'message_stop':
      return toOutcome(draft);
    case 'error':
      return 'the answer is an error';
    default:
      return undefined; // a ping, the end of a block, or what is not yet known
  }
}

function startMessage(draft: Draft, { model, usage }: JsonObject): undefined {
  if (typeof model === 'string') draft.model = model;
  countTokens(draft, usage);
}

/** Takes a block, which a stream begins empty. @returns why the answer is not for the cache, if so. */
function startBlock(draft: Draft, block: Json | undefined): Reason | undefined {
  if (!isJsonObject(block)) return 'the answer is no message';
  const { type } = block;
  if (type === 'thinking' && !block.thinking) return undefined; // of which the app sees nothing
  if (type !== 'text') return `the answer has ${typeof type === 'string' ? type : 'an odd block'}`;
  if (draft.text !== undefined) return 'the answer has several parts';
  draft.text = toPlainText([block], ['text']);
  return draft.text === undefined ? 'the answer is not plain text' : undefined;
}

function extendBlock(draft: Draft, delta: Json | undefined): Reason | undefined {
  if (!isJsonObject(delta)) return 'the answer is no message';
  const { type, text, thinking } = delta;
  if (type === 'signature_delta' || (type === 'thinking_delta' && !thinking)) return undefined;
  if (type !== 'text_delta' || typeof text !== 'string' || draft.text === undefined) {
    return `the answer has ${typeof type === 'string' ? type : 'an odd delta'}`;
  }
  draft.text += text;
  return undefined;
}

function endMessage(draft: Draft, { stop_reason: reason, usage }: JsonObject): undefined {
  draft.stopReason = reason ?? draft.stopReason;
  countTokens(draft, usage);
}

/** Counts are totals so far; what came from a prefix cache, or went into it, is not in `input_tokens`. */
function countTokens(draft: Draft, usage: Json | undefined): void {
  if (!isJsonObject(usage)) return;
  const { input_tokens: input, output_tokens: output } = usage;
  const { cache_creation_input_tokens: written, cache_read_input_tokens: read } = usage;
  const toCount = (value: Json | undefined) => (typeof value === 'number' ? value : 0);
  if (typeof input === 'number') draft.promptTokens = input + toCount(written) + toCount(read);
  if (typeof output === 'number') draft.completionTokens = output;
}

/** Of an answer that met a stop sequence, a replay could not tell which: it is not kept. */
function toOutcome({ text, model, stopReason, promptTokens, completionTokens }: Draft): Outcome {
  if (stopReason !== 'end_turn') return `stop_reason is ${JSON.stringify(stopReason)}`;
  if (text === undefined || text === '') return 'the answer is empty';
  return promptTokens === undefined || completionTokens === undefined
    ? { text, model }
    : { text, model, usage: { promptTokens, completionTokens } };
}
