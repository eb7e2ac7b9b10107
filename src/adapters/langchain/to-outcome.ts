import type { BaseMessage } from '@langchain/core/messages';
import type { ChatGeneration, Generation } from '@langchain/core/outputs';
import type { Json, TokenUsage } from '../../shared/prompt-request.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../wire/json.js';
import type { Outcome, Reason } from '../wire/wire-format.js';

/** What LangChain's integrations call the reason for which an answer ended. */
const endNames = [
  'finish_reason',
  'finishReason',
  'stop_reason',
  'stopReason',
  'done_reason',
  'status', // of OpenAI's responses
];
/** What providers call an end that was meant; in lower case. */
const cleanEnds: ReadonlySet<Json | undefined> = new Set([
  'stop',
  'end_turn',
  'stop_sequence',
  'complete',
  'completed',
]);

/** What to keep of an answer, or why it is not kept: only one plain text with a clean end is. */
export function toOutcome(generations: readonly Generation[]): Outcome {
  const [generation, ...others] = generations;
  if (generation === undefined || others.length > 0) return 'the answer has several generations';
  const { message } = generation as Partial<ChatGeneration>; // of chat models only
  const metadata: JsonObject = { ...generation.generationInfo, ...message?.response_metadata };
  const { text } = generation;
  const reason = reasonOfEnd(metadata) ?? (message && reasonOfMessage(message, text));
  if (reason !== undefined) return reason;
  if (text === '') return 'the answer is empty';
  if (hasContent(metadata.logprobs)) return 'the answer has logprobs';
  const { model_name: modelName, model = modelName } = metadata;
  const usage = message && toUsage(message);
  return { text, model: typeof model === 'string' ? model : '', ...(usage && { usage }) };
}

function reasonOfEnd(metadata: JsonObject): Reason | undefined {
  const ends = endNames.map((name) => metadata[name]).filter(hasContent);
  if (ends.length === 0) return 'the answer does not say how it ended';
  const odd = ends.find((end) => !cleanEnds.has(typeof end === 'string' ? end.toLowerCase() : end));
  return odd === undefined ? undefined : `the answer ended with ${JSON.stringify(odd)}`;
}

/** What a replay would lose of the message. */
function reasonOfMessage(message: BaseMessage, text: string): Reason | undefined {
  if (message.type !== 'ai') return `the answer is a message of type ${message.type}`;
  const fields = { ...(message.additional_kwargs as JsonObject), ...toCalls(message) }; // JSON of the provider
  const extra = Object.keys(fields).find((name) => !isLossless(name) && hasContent(fields[name]));
  if (extra !== undefined) return `the answer has ${extra}`;
  return toText(message.content) === text ? undefined : 'the answer is not plain text';
}

function toCalls(message: BaseMessage): JsonObject {
  return {
    tool_calls: Reflect.get(message, 'tool_calls'),
    invalid_tool_calls: Reflect.get(message, 'invalid_tool_calls'),
    tool_call_chunks: Reflect.get(message, 'tool_call_chunks'),
  };
}

/** Reasoning is no part of the answer, and `parsed` is read from its text again. */
function isLossless(name: string): boolean {
  return name.startsWith('reasoning') || name === 'parsed';
}

/** The text, or `undefined` when there are images, citations or anything unknown in it. */
function toText(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  const blocks = content as Json; // LangChain's content is JSON
  if (!isJsonArray(blocks)) return undefined;
  const texts = blocks.map(toBlockText);
  return texts.some((text) => text === undefined) ? undefined : texts.join('');
}

function toBlockText(block: Json): string | undefined {
  if (!isJsonObject(block)) return undefined;
  const { type, text, index: _index, id: _id, ...rest } = block;
  if (type === 'reasoning' || type === 'thinking') return '';
  const isPlain = type === 'text' && !Object.values(rest).some(hasContent);
  return isPlain && typeof text === 'string' ? text : undefined;
}

function hasContent(value: Json | undefined): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

function toUsage(message: BaseMessage): TokenUsage | undefined {
  const usage: Json | undefined = Reflect.get(message, 'usage_metadata');
  if (!isJsonObject(usage)) return undefined;
  const { input_tokens: promptTokens, output_tokens: completionTokens } = usage;
  return typeof promptTokens === 'number' && typeof completionTokens === 'number'
    ? { promptTokens, completionTokens }
    : undefined;
}
