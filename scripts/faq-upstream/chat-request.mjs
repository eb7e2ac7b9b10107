import { RequestError } from './openai-shapes.mjs';

/** Enough for any chat; a larger body is refused before it fills the memory. */
const MAX_BODY_BYTES = 1_048_576;
const MAX_DELAY_MS = 60_000;

/** @typedef {{ role: string, text: string }} ChatMessage */

/**
 * What a server reads of a chat completions request.
 *
 * @typedef {object} ChatRequest
 * @property {string} model
 * @property {readonly ChatMessage[]} messages Their content as text.
 * @property {string} question The newest user message.
 * @property {string} prompt All messages, for the token count.
 * @property {boolean} stream
 * @property {boolean} includeUsage
 */

/**
 * @param {AsyncIterable<Uint8Array>} request
 * @returns {Promise<unknown>}
 */
export async function readJson(request) {
  const parts = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      throw new RequestError(413, `The body is larger than ${MAX_BODY_BYTES} bytes.`);
    }
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw new RequestError(400, 'We could not parse the JSON body of your request.');
  }
}

/**
 * @param {unknown} body
 * @returns {ChatRequest}
 */
export function toChatRequest(body) {
  if (!isRecord(body)) throw new RequestError(400, 'The body must be a JSON object.');
  if (typeof body.model !== 'string' || body.model === '') {
    throw new RequestError(400, 'You must provide a model parameter.', { param: 'model' });
  }
  if (body.n !== undefined && body.n !== null && body.n !== 1) {
    throw new RequestError(400, 'This server gives one answer: n must be 1.', { param: 'n' });
  }
  const messages = toMessages(body.messages);
  const question = messages.findLast(({ role }) => role === 'user');
  if (question === undefined) throw invalidMessages('must have a message with role user');
  const streamOptions = isRecord(body.stream_options) ? body.stream_options : {};
  return {
    model: body.model,
    messages,
    question: question.text,
    prompt: messages.map(({ text }) => text).join('\n'),
    stream: body.stream === true,
    includeUsage: streamOptions.include_usage === true,
  };
}

/**
 * Reads a delay from a request header.
 *
 * @param {string | string[] | undefined} value
 * @param {string} name For the error message.
 * @returns {number} Milliseconds, 0 when absent.
 */
export function toDelayMs(value, name) {
  if (value === undefined) return 0;
  const delayMs = Number(value);
  if (value !== '' && delayMs >= 0 && delayMs <= MAX_DELAY_MS) return delayMs;
  throw new RequestError(400, `${name} must be a number from 0 to ${MAX_DELAY_MS}.`, {
    param: name,
  });
}

/**
 * @param {unknown} messages
 * @returns {ChatMessage[]}
 */
function toMessages(messages) {
  if (!Array.isArray(messages) || messages.length === 0) {
    throw invalidMessages('must be an array that is not empty');
  }
  return messages.map((/** @type {unknown} */ message) => {
    if (!isRecord(message) || typeof message.role !== 'string') {
      throw invalidMessages('must hold objects with a role');
    }
    return { role: message.role, text: toText(message.content) };
  });
}

/**
 * @param {unknown} content
 * @returns {string}
 */
function toText(content) {
  if (typeof content === 'string') return content;
  if (content === null || content === undefined) return '';
  if (!Array.isArray(content)) throw invalidMessages('must have content as text or as parts');
  return content
    .map((/** @type {unknown} */ part) =>
      isRecord(part) && typeof part.text === 'string' ? part.text : '',
    )
    .join('\n');
}

/** @param {string} what */
function invalidMessages(what) {
  return new RequestError(400, `messages ${what}.`, { param: 'messages' });
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
