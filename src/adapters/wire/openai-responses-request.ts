import type { Json } from '../../shared/prompt-request.js';
import { isJsonArray, isJsonObject, type JsonObject, parseJson } from './json.js';
import { openaiFieldsNotInKey } from './openai-fields.js';
import { hasOtherParameters, toEndpoint, toPlainText, toSettings } from './request-key.js';
import type { Reason, WireRequest } from './wire-format.js';

const fieldsNotInKey: ReadonlySet<string> = new Set([
  'model', // has its own place in `PromptRequest`, and so have the input and the instructions
  'input',
  'instructions',
  ...openaiFieldsNotInKey,
]);

/** Fields whose answer depends on more than the request, or is more than one text. */
const fieldsToBypass = [
  'previous_response_id',
  'conversation',
  'background',
  'prompt', // a template that lies at the provider
  'moderation',
  'top_logprobs',
  'plugins', // OpenRouter's
] as const;

const textTypes = ['input_text', 'output_text'] as const;

/** Reads the body of a call for a response. */
export function parseResponsesRequest(url: URL, text: string): WireRequest | Reason {
  const body = parseJson(text);
  if (!isJsonObject(body)) return 'the body is not a JSON object';
  const { model, instructions = null, stream, store } = body;
  const items = toItems(body);
  const lastItem = items?.at(-1);
  if (typeof model !== 'string' || items === undefined || !isJsonObject(lastItem)) {
    return 'the body is no call for a response';
  }
  const reason = reasonToBypass(url, body) ?? reasonNotToReplay(body);
  if (reason !== undefined) return reason;
  const { role, content, ...turn } = isMessage(lastItem) ? normalise(lastItem) : lastItem;
  if (role !== 'user' || typeof content !== 'string') {
    return "the last turn is not the user's, or not plain text";
  }
  const isStored = store !== false; // the provider's default
  const context = items.slice(0, -1).map((item) => (isMessage(item) ? normalise(item) : item));
  return {
    request: {
      query: content,
      model,
      context: { instructions, input: context },
      // An answer that the provider did not keep has no name for a call that goes on from it.
      params: {
        endpoint: toEndpoint(url),
        settings: toSettings(body, fieldsNotInKey),
        turn,
        isStored,
      },
    },
    isStored,
    stream: stream === true,
    includeUsage: true, // it is part of every response
  };
}

/** The items of the input, a plain text being short for a message; `undefined`: there are none. */
export function toItems({ input }: JsonObject): readonly Json[] | undefined {
  if (typeof input === 'string') return [{ role: 'user', content: input }];
  return isJsonArray(input) ? input : undefined;
}

/** Whether an item is a message, and not a call or a result of a tool, reasoning or the like. */
export function isMessage(item: Json): item is JsonObject {
  return isJsonObject(item) && (item.type === undefined || item.type === 'message');
}

/** Why a call is none for skimp: its answer is more than one text, or depends on more than it. */
export function reasonToBypass(url: URL, body: JsonObject): Reason | undefined {
  const { tools } = body;
  const field = fieldsToBypass.find((name) => Boolean(body[name]));
  if (field !== undefined) return `the request has ${field}`;
  if (isJsonArray(tools) && !tools.every(isRunByApp)) return 'hosted tools';
  if (hasOtherParameters(url, ['api-version'])) return 'the URL has query parameters';
  return undefined;
}

function reasonNotToReplay({ prompt_cache_options: options }: JsonObject) {
  return isJsonObject(options) && options.prewarm ? 'the request only warms up a cache' : undefined;
}

function isRunByApp(tool: Json): boolean {
  return isJsonObject(tool) && (tool.type === 'function' || tool.type === 'custom');
}

/** A message without what may differ between two tellings of it: ids, and strings cut into parts. */
function normalise({ type: _type, id: _id, status: _status, ...message }: JsonObject): JsonObject {
  return { ...message, content: toPlainText(message.content, textTypes) ?? message.content };
}
