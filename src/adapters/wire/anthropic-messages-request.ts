import type { Json } from '../../shared/prompt-request.js';
import { isJsonArray, isJsonObject, type JsonObject, parseJson } from './json.js';
import {
  hasOtherParameters,
  toEndpoint,
  toPlainText,
  toSettings,
  withoutMarks,
} from './request-key.js';
import type { Reason, WireRequest } from './wire-format.js';

/** Fields that say how to answer, bill or log, and not what the answer is. */
const fieldsNotInKey: ReadonlySet<string> = new Set([
  'model', // has its own place in `PromptRequest`, and so have the messages and the system prompt
  'messages',
  'system',
  'tools', // enter without their marks
  'stream',
  'metadata',
  'service_tier',
  'cache_control',
  'diagnostics',
]);

/** Fields whose answer depends on more than the request, or is more than one text. */
const fieldsToBypass = [
  'container',
  'mcp_servers',
  'thread', // the server holds the turns before these
  'fallbacks',
  'fallback_credit_token', // bound to the bytes of an earlier body
] as const;

/** Reads the body of a call for a message. */
export function parseMessagesRequest(url: URL, text: string): WireRequest | Reason {
  const body = parseJson(text);
  if (!isJsonObject(body)) return 'the body is not a JSON object';
  const { model, messages, system = null, stream } = body;
  const lastTurn = isJsonArray(messages) ? messages.at(-1) : undefined;
  if (typeof model !== 'string' || !isJsonArray(messages) || !isJsonObject(lastTurn)) {
    return 'the body is no call for a message';
  }
  const reason = reasonToBypass(url, body);
  if (reason !== undefined) return reason;
  const { role, content, ...turn } = lastTurn;
  const query = role === 'user' ? toPlainText(content, ['text']) : undefined;
  if (query === undefined) return "the last turn is not the user's, or not plain text";
  const context = { system: toContent(system), messages: messages.slice(0, -1).map(toTurn) };
  const params = { endpoint: toEndpoint(url), settings: toMarklessSettings(body), turn };
  return {
    request: { query, model, context, params },
    stream: stream === true,
    includeUsage: true, // it is part of every message
  };
}

/** Why a call is none for skimp: its answer is more than one text, or depends on more than it. */
export function reasonToBypass(url: URL, { tools, ...body }: JsonObject): Reason | undefined {
  const field = fieldsToBypass.find((name) => Boolean(body[name]));
  if (field !== undefined) return `the request has ${field}`;
  if (isJsonArray(tools) && !tools.every(isRunByApp)) return 'hosted tools';
  if (hasOtherParameters(url, ['beta'])) return 'the URL has query parameters';
  return undefined;
}

/** A block without the marks of the prefix cache, on itself and on what it encloses. */
export function toMarklessBlock(block: Json): Json {
  const unmarked = withoutMarks(block);
  if (!isJsonObject(unmarked) || unmarked.type !== 'tool_result') return unmarked;
  return { ...unmarked, content: toContent(unmarked.content) };
}

function isRunByApp(tool: Json): boolean {
  return isJsonObject(tool) && (tool.type ?? 'custom') === 'custom';
}

function toMarklessSettings(body: JsonObject): Json {
  const { tools } = body;
  const settings = toSettings(body, fieldsNotInKey);
  if (!isJsonArray(tools) || !isJsonObject(settings)) return settings;
  return { ...settings, tools: tools.map(withoutMarks) };
}

function toTurn(message: Json): Json {
  return isJsonObject(message) ? { ...message, content: toContent(message.content) } : message;
}

/** A content with a plain text as a string, for it may be told as a list of one block to be marked. */
function toContent(content: Json | undefined): Json | undefined {
  if (!isJsonArray(content)) return content;
  return toPlainText(content, ['text']) ?? content.map(toMarklessBlock);
}
