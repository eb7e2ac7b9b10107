import type { Json } from '../../shared/prompt-request.js';
import { isJsonArray, isJsonObject, type JsonObject, parseJson } from './json.js';
import { hasOtherParameters, toEndpoint, toPlainText, toSettings } from './request-key.js';
import type { Reason, WireRequest } from './wire-format.js';

/** What an app's own route is asked, and what of the body says so. */
type Asked = { readonly query: string; readonly context: Json; readonly turn: Json };

/** The AI SDK's own: random ids, and why it sends. All else is the app's. */
const sdkFields = ['id', 'messageId', 'trigger'];
/** Names of what a route may remember, in a body that is not the SDK's. */
const stateFields = ['id', 'chatId', 'sessionId', 'threadId', 'conversationId'];

/** Of a part of an answer: ids, and what the provider calls it. */
const volatileFields: ReadonlySet<string> = new Set([
  'id',
  'toolCallId',
  'sourceId',
  'providerMetadata',
  'callProviderMetadata',
  'resultProviderMetadata',
]);
/** Of a text: whether it was complete when it was drawn. */
const stateField: ReadonlySet<string> = new Set(['state']);

/**
 * Reads the body of a call to an app's own route: what the AI SDK's chat transports and
 * `useCompletion` send, or `{ prompt }` or `{ messages: [{ role, content }] }`. Every other field
 * may choose the answer, and is in the key. A route names no model: `model` stands for it where the
 * app sends one, else the endpoint.
 */
export function parseRouteRequest(url: URL, text: string): WireRequest | Reason {
  const body = parseJson(text);
  if (!isJsonObject(body)) return 'the body is not a JSON object';
  const reason = reasonToBypass(url, body);
  if (reason !== undefined) return reason;
  const asked =
    typeof body.prompt === 'string'
      ? { query: body.prompt, context: [], turn: {} }
      : readMessages(body.messages);
  if (typeof asked === 'string') return asked;
  const { query, context, turn } = asked;
  const endpoint = toEndpoint(url);
  return {
    request: {
      query,
      model: typeof body.model === 'string' ? body.model : endpoint,
      context,
      params: { endpoint, settings: toSettings(body, fieldsNotInKey(body)), turn },
    },
    stream: true,
    includeUsage: false,
    isRefresh: body.trigger === 'regenerate-message',
  };
}

/** Why a call is none for skimp: what it asks is not in it, or cannot be told. */
export function reasonToBypass(url: URL, body: JsonObject): Reason | undefined {
  const { prompt, messages } = body;
  if (hasOtherParameters(url, [])) return 'the URL has query parameters';
  const isPrompt = typeof prompt === 'string';
  if (isPrompt && messages !== undefined) return 'the body has a prompt and messages';
  if (!isPrompt && !isJsonArray(messages)) return 'the body has neither a prompt nor messages';
  // The SDK sends the whole conversation; others may send its newest turn and where to find the rest.
  const state = isFromSdk(body) ? undefined : stateFields.find((name) => Boolean(body[name]));
  return state === undefined ? undefined : `the body has ${state}: the route may remember more`;
}

function isFromSdk({ trigger }: JsonObject): boolean {
  return trigger === 'submit-message' || trigger === 'regenerate-message';
}

/**
 * A message without what differs from one telling to the next: its id, and in an answer the ids and
 * marks of its parts, its reasoning and the route's own notes on it.
 */
export function withoutIds(message: Json): Json {
  if (!isJsonObject(message)) return message;
  const { id: _id, ...rest } = message;
  if (message.role !== 'assistant' || !isJsonArray(message.parts)) return rest;
  const { metadata: _metadata, ...said } = rest;
  return { ...said, parts: message.parts.filter(isSaid).map(withoutVolatile) };
}

function isSaid(part: Json): boolean {
  return !isJsonObject(part) || part.type !== 'reasoning';
}

function withoutVolatile(part: Json): Json {
  const lasting = without(part, volatileFields);
  return isJsonObject(lasting) && lasting.type === 'text' ? without(lasting, stateField) : lasting;
}

function readMessages(messages: Json | undefined): Asked | Reason {
  const newest = isJsonArray(messages) ? messages.at(-1) : undefined;
  if (!isJsonArray(messages) || !isJsonObject(newest)) return 'the body has no messages';
  const { id: _id, role, ...said } = newest;
  const { [isJsonArray(said.parts) ? 'parts' : 'content']: content, ...turn } = said;
  const query = role === 'user' ? toText(content) : undefined;
  if (query === undefined) return "the last turn is not the user's, or not plain text";
  return { query, context: messages.slice(0, -1).map(withoutIds), turn };
}

function fieldsNotInKey(body: JsonObject): ReadonlySet<string> {
  const asked = typeof body.prompt === 'string' ? 'prompt' : 'messages';
  return new Set(isFromSdk(body) ? [asked, ...sdkFields] : [asked]);
}

/** The text of a turn; `undefined` when it holds a file, data or anything unknown. */
function toText(content: Json | undefined): string | undefined {
  const parts = isJsonArray(content) ? content.map((part) => without(part, stateField)) : content;
  return toPlainText(parts, ['text']);
}

function without(value: Json, names: ReadonlySet<string>): Json {
  return isJsonObject(value) ? toSettings(value, names) : value;
}
