import { isRecord, toChatRequest } from '../faq-upstream/chat-request.mjs';
import { RequestError } from '../faq-upstream/openai-shapes.mjs';

/** A demo's answer; a model of this size says little that is worth more. */
const DEFAULT_MAX_TOKENS = 200;
const MAX_TOKENS = 2_048;
/** What the model's authors recommend. */
const DEFAULT_TEMPERATURE = 0.2;
const DEFAULT_TOP_P = 0.9;
const MAX_STOPS = 4;

/** @typedef {import('../faq-upstream/chat-request.mjs').ChatRequest} ChatRequest */
/** @typedef {{ role: 'system' | 'user' | 'assistant', text: string }} Turn */

/**
 * What is generated, and how.
 *
 * @typedef {object} GenerationRequest
 * @property {readonly Turn[]} turns
 * @property {number} maxTokens From 1 up.
 * @property {number} temperature 0 to 2; 0 takes the likeliest token each time.
 * @property {number} topP Above 0, to 1.
 * @property {number | undefined} seed
 * @property {readonly string[]} stops Texts that end the answer, and are no part of it.
 */

/**
 * @param {unknown} body of a chat completions request
 * @returns {{ chat: ChatRequest, generation: GenerationRequest }}
 * @throws {RequestError} for what this model cannot do
 */
export function toGenerationRequest(body) {
  const chat = toChatRequest(body);
  const fields = isRecord(body) ? body : {};
  if (Array.isArray(fields.tools) && fields.tools.length > 0) {
    throw new RequestError(400, 'This model calls no tools.', { param: 'tools' });
  }
  const read = createNumberReader(fields);
  // The newer name goes first, as with OpenAI.
  const lengthName = isGiven(fields.max_completion_tokens) ? 'max_completion_tokens' : 'max_tokens';
  const generation = {
    turns: chat.messages.map(toTurn),
    maxTokens: Math.min(
      read(lengthName, { min: 1, max: Infinity, isWhole: true }) ?? DEFAULT_MAX_TOKENS,
      MAX_TOKENS,
    ),
    temperature: read('temperature', { min: 0, max: 2 }) ?? DEFAULT_TEMPERATURE,
    topP: read('top_p', { min: Number.MIN_VALUE, max: 1 }) ?? DEFAULT_TOP_P,
    seed: read('seed', { min: 0, max: 2 ** 32 - 1, isWhole: true }),
    stops: toStops(fields.stop),
  };
  return { chat, generation };
}

/** @param {unknown} value OpenAI's clients send null for what is left out. */
function isGiven(value) {
  return value !== undefined && value !== null;
}

/** @param {Record<string, unknown>} fields */
function createNumberReader(fields) {
  /** @param {string} param @param {{ min: number, max: number, isWhole?: boolean }} range */
  return (param, { min, max, isWhole = false }) => {
    const value = fields[param];
    if (!isGiven(value)) return undefined;
    const isFine = typeof value === 'number' && value >= min && value <= max;
    if (isFine && (!isWhole || Number.isInteger(value))) return value;
    throw new RequestError(400, `${param} is out of its range.`, { param });
  };
}

/** @param {unknown} stop @returns {readonly string[]} */
function toStops(stop) {
  if (!isGiven(stop)) return [];
  const stops = Array.isArray(stop) ? stop : [stop];
  const isText = (/** @type {unknown} */ text) => typeof text === 'string' && text !== '';
  if (stops.length <= MAX_STOPS && stops.every(isText)) return stops;
  throw new RequestError(400, `stop is a text, or up to ${MAX_STOPS} of them.`, { param: 'stop' });
}

/** @param {import('../faq-upstream/chat-request.mjs').ChatMessage} message @returns {Turn} */
function toTurn({ role, text }) {
  if (role === 'system' || role === 'user' || role === 'assistant') return { role, text };
  if (role === 'developer') return { role: 'system', text };
  throw new RequestError(400, 'This model reads system, user and assistant messages.', {
    param: 'messages',
  });
}
