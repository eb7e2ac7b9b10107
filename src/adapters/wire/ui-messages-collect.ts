import type { Json, TokenUsage } from '../../shared/prompt-request.js';
import { createEventCollector } from './collectors.js';
import { isJsonArray, isJsonObject, type JsonObject, parseJson } from './json.js';
import type { AnswerType, Collector, Outcome, Reason } from './wire-format.js';

/** An answer as far as it has come. */
type Draft = {
  text: string;
  /** The id of the text that is being told. */
  open: string | undefined;
  isFinished: boolean;
  model: string;
  usage: TokenUsage | undefined;
};

/**
 * Reads the AI SDK's UI message stream. Only one plain text with a clean end is kept. Reasoning is
 * not part of the answer, nor are the route's notes on the message, from which model and usage are
 * taken where they are told. Data are, transient or not: an app may draw from them what it shows.
 */
export function createUiMessagesCollector(type: AnswerType): Collector | Reason {
  if (type === 'text/plain') return 'the answer is plain text: the format of this endpoint is text';
  if (type === 'application/json') return 'the answer is no stream';
  const draft: Draft = {
    text: '',
    open: undefined,
    isFinished: false,
    model: '',
    usage: undefined,
  };
  const readData = (data: string) =>
    data === '[DONE]' ? toOutcome(draft) : extendDraft(draft, parseJson(data));
  return createEventCollector(readData, () => toOutcome(draft));
}

function toOutcome({ text, isFinished, model, usage }: Draft): Outcome {
  if (!isFinished) return 'the answer was cut off: it has no finish';
  return text === '' ? 'the answer is empty' : { text, model, ...(usage && { usage }) };
}

/** Adds a chunk. @returns why the answer is not for the cache, if so. */
function extendDraft(draft: Draft, chunk: Json | undefined): Reason | undefined {
  if (!isJsonObject(chunk) || typeof chunk.type !== 'string') {
    return 'the answer is no UI message stream';
  }
  const read = Object.hasOwn(readers, chunk.type) ? readers[chunk.type] : undefined;
  if (read === undefined) return `the answer has ${chunk.type}`;
  readMetadata(draft, chunk.messageMetadata);
  return read(draft, chunk);
}

type Read = (draft: Draft, chunk: JsonObject) => Reason | undefined;
const pass: Read = () => undefined;

/** What a chunk of each type adds; an answer with a chunk of another type cannot be told again. */
const readers: Readonly<Partial<Record<string, Read>>> = {
  // A stream that was merged in may begin after another one has finished.
  start: (draft) => {
    draft.isFinished = false;
    return undefined;
  },
  'start-step': pass,
  'finish-step': pass,
  'reasoning-start': pass,
  'reasoning-delta': pass,
  'reasoning-end': pass,
  'message-metadata': pass,
  'text-start': (draft, { id }) => {
    if (typeof id !== 'string') return 'the answer is no UI message stream';
    if (draft.text !== '' || draft.open !== undefined) return 'the answer has several texts';
    draft.open = id;
    return undefined;
  },
  'text-delta': (draft, { id, delta }) => {
    if (id !== draft.open || typeof delta !== 'string') return 'the answer is no UI message stream';
    draft.text += delta;
    return undefined;
  },
  'text-end': (draft, { id, citations }) => {
    if (id !== draft.open) return 'the answer is no UI message stream';
    draft.open = undefined;
    return isJsonArray(citations) && citations.length > 0 ? 'the answer has citations' : undefined;
  },
  finish: (draft, { finishReason }) => {
    // Without a reason it may have been cut at the model's limit.
    if (finishReason !== 'stop') return `finishReason is ${JSON.stringify(finishReason)}`;
    draft.isFinished = true;
    return undefined;
  },
};

/** As in the SDK's examples: `{ model, totalUsage: { inputTokens, outputTokens } }`, at any time. */
function readMetadata(draft: Draft, metadata: Json | undefined): void {
  if (!isJsonObject(metadata)) return;
  const { model, totalUsage, usage } = metadata;
  if (typeof model === 'string') draft.model = model;
  draft.usage = toUsage(totalUsage) ?? toUsage(usage) ?? draft.usage;
}

function toUsage(usage: Json | undefined): TokenUsage | undefined {
  if (!isJsonObject(usage)) return undefined;
  const { inputTokens: promptTokens, outputTokens: completionTokens } = usage;
  return typeof promptTokens === 'number' && typeof completionTokens === 'number'
    ? { promptTokens, completionTokens }
    : undefined;
}
