import type { Json, TokenUsage } from '../../shared/prompt-request.js';
import { createEventCollector, createWholeCollector } from './collectors.js';
import { isJsonArray, isJsonObject, type JsonObject, parseJson } from './json.js';
import type { AnswerType, Collector, Outcome, Reason } from './wire-format.js';

/** An answer as far as it has come. */
type Draft = { text: string; model: string; isStopped: boolean; usage: TokenUsage | undefined };

/** Reads a chat completion, whole or as a stream. Only a plain text with a clean end is kept. */
export function createChatCollector(type: AnswerType): Collector | Reason {
  if (type === 'text/plain') return 'the answer is plain text';
  const draft = createDraft();
  if (type === 'application/json') {
    return createWholeCollector((text) => extendDraft(draft, text, 'message') ?? toOutcome(draft));
  }
  const readData = (data: string) =>
    data === '[DONE]' ? toOutcome(draft) : extendDraft(draft, data, 'delta');
  return createEventCollector(readData, () => toOutcome(draft)); // a few servers send no [DONE]
}

function createDraft(): Draft {
  return { text: '', model: '', isStopped: false, usage: undefined };
}

function toOutcome({ text, model, isStopped, usage }: Draft): Outcome {
  if (!isStopped) return 'the answer was cut off: it has no finish_reason';
  return text === '' ? 'the answer is empty' : { text, model, ...(usage && { usage }) };
}

/** Adds a completion or a chunk of one. @returns why the answer is not for the cache, if so. */
function extendDraft(draft: Draft, json: string, part: 'message' | 'delta'): Reason | undefined {
  const body = parseJson(json);
  if (!isJsonObject(body)) return 'the answer is not JSON';
  const { choices, error, model, usage } = body;
  if (error) return 'the answer is an error';
  if (!isJsonArray(choices)) return 'the answer is no chat completion';
  if (typeof model === 'string') draft.model ||= model;
  draft.usage = toUsage(usage) ?? draft.usage;
  const [choice, ...others] = choices;
  if (choice === undefined) return undefined; // a chunk with only the usage
  if (!isJsonObject(choice)) return 'the answer is no chat completion';
  if (others.length > 0 || choice.index) return 'the answer has several choices';
  const message = choice[part] ?? {};
  if (!isJsonObject(message)) return 'the answer is no chat completion';
  return extendText(draft, message) ?? extendEnd(draft, choice.finish_reason);
}

function extendText(draft: Draft, message: JsonObject): Reason | undefined {
  const extra = Object.keys(message).find((name) => isUnplayable(name, message[name]));
  if (extra !== undefined) return `the answer has ${extra}`;
  const content = message.content ?? '';
  if (typeof content !== 'string') return 'the answer is not plain text';
  draft.text += content;
  return undefined;
}

function extendEnd(draft: Draft, finishReason: Json | undefined): Reason | undefined {
  if (finishReason === undefined || finishReason === null) return undefined;
  if (finishReason !== 'stop') return `finish_reason is ${JSON.stringify(finishReason)}`;
  draft.isStopped = true;
  return undefined;
}

/**
 * Whether a replay would lose something that belongs to the answer: tool calls, a refusal, audio,
 * citations, anything unknown. Reasoning is not part of it.
 */
function isUnplayable(name: string, value: Json | undefined): boolean {
  if (name === 'role' || name === 'content' || name.startsWith('reasoning')) return false;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

function toUsage(usage: Json | undefined): TokenUsage | undefined {
  if (!isJsonObject(usage)) return undefined;
  const { prompt_tokens: promptTokens, completion_tokens: completionTokens } = usage;
  return typeof promptTokens === 'number' && typeof completionTokens === 'number'
    ? { promptTokens, completionTokens }
    : undefined;
}
