import type { Json } from '../../shared/prompt-request.js';
import { isJsonArray, isJsonObject, type JsonObject, parseJson } from './json.js';
import { openaiFieldsNotInKey } from './openai-fields.js';
import { hasOtherParameters, toEndpoint, toPlainText, toSettings } from './request-key.js';
import type { Reason, WireRequest } from './wire-format.js';

const fieldsNotInKey: ReadonlySet<string> = new Set([
  'model', // has its own place in `PromptRequest`, and so have the messages
  'messages',
  ...openaiFieldsNotInKey,
]);

/** Fields whose answer depends on more than the request, or is more than one text. */
const fieldsToBypass = [
  'previous_response_id',
  'conversation',
  'background',
  'web_search_options',
  'search_parameters', // xAI's web search
  'plugins', // OpenRouter's
  'enable_search', // Alibaba's
  'prediction',
  'moderation',
  'logprobs',
  'top_logprobs',
  'audio',
] as const;

/** Reads the body of a chat completion call. */
export function parseChatRequest(url: URL, text: string): WireRequest | Reason {
  const body = parseJson(text);
  if (!isJsonObject(body)) return 'the body is not a JSON object';
  const reason = reasonToBypass(url, body);
  if (reason !== undefined) return reason;
  const { model, messages, stream, stream_options: streamOptions } = body;
  const lastTurn = isJsonArray(messages) ? messages.at(-1) : undefined;
  if (typeof model !== 'string' || !isJsonArray(messages) || !isJsonObject(lastTurn)) {
    return 'the body is no chat completion';
  }
  const { role, content, ...turn } = lastTurn;
  const query = role === 'user' ? toPlainText(content, ['text']) : undefined;
  if (query === undefined) return "the last turn is not the user's, or not plain text";
  return {
    request: {
      query,
      model,
      context: messages.slice(0, -1),
      params: { endpoint: toEndpoint(url), settings: toSettings(body, fieldsNotInKey), turn },
    },
    stream: stream === true,
    includeUsage: isJsonObject(streamOptions) && streamOptions.include_usage === true,
  };
}

/** Why a call is none for skimp: its answer is more than one text, or depends on more than it. */
export function reasonToBypass(url: URL, body: JsonObject): Reason | undefined {
  const { n, modalities, tools } = body;
  if (n !== undefined && n !== null && n !== 1) return 'n is not 1';
  const field = fieldsToBypass.find((name) => Boolean(body[name]));
  if (field !== undefined) return `the request has ${field}`;
  if (isJsonArray(modalities) && modalities.join() !== 'text') return 'modalities other than text';
  if (isJsonArray(tools) && !tools.every(isRunByApp)) return 'hosted tools';
  if (hasOtherParameters(url, ['api-version'])) return 'the URL has query parameters';
  return undefined;
}

function isRunByApp(tool: Json): boolean {
  return isJsonObject(tool) && (tool.type === 'function' || tool.type === 'custom');
}
