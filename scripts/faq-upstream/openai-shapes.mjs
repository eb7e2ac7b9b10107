/** The bodies of OpenAI's chat completions API that the servers of the demo send. */

/** @typedef {{ prompt_tokens: number, completion_tokens: number, total_tokens: number }} Usage */
/** @typedef {'stop' | 'length'} FinishReason */
/** @typedef {{ id: string, created: number, model: string }} AnswerHead */
/** @typedef {AnswerHead & { text: string, usage: Usage, finishReason: FinishReason }} Completion */

export const MODEL = 'faq';
export const OWNER = 'built-in FAQ server, not a language model';

/**
 * An error with the HTTP status and the fields of OpenAI's error body.
 */
export class RequestError extends Error {
  /**
   * @param {number} status
   * @param {string} message
   * @param {{ param?: string, code?: string }} [details]
   */
  constructor(status, message, { param, code } = {}) {
    super(message);
    this.status = status;
    const type = status >= 500 ? 'server_error' : 'invalid_request_error';
    this.body = {
      error: { message, type, param: param ?? null, code: code ?? null },
    };
  }
}

/**
 * The stated rule of this server: a token is four characters, rounded up.
 *
 * @param {string} text
 * @returns {number}
 */
export function countTokens(text) {
  return Math.ceil(text.length / 4);
}

/**
 * @param {string} prompt
 * @param {string} answer
 * @returns {Usage}
 */
export function toUsage(prompt, answer) {
  const promptTokens = countTokens(prompt);
  const completionTokens = countTokens(answer);
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

/** @param {Completion} completion */
export function toCompletionBody({ text, usage, finishReason, ...head }) {
  const message = { role: 'assistant', content: text, refusal: null };
  const choice = { index: 0, message, logprobs: null, finish_reason: finishReason };
  return { ...toHead(head, 'chat.completion'), choices: [choice], usage };
}

/**
 * Writes the chunks of one streamed answer: `first`, a `text` for each piece, and `last`.
 *
 * @param {AnswerHead} head
 * @param {boolean} includeUsage whether the usage was asked for
 */
export function createChunkWriter(head, includeUsage) {
  const shared = toHead(head, 'chat.completion.chunk');
  const trailer = includeUsage ? { usage: null } : {};
  /** @param {Record<string, string>} delta @param {FinishReason | null} finishReason */
  const chunk = (delta, finishReason) => ({
    ...shared,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
    ...trailer,
  });
  return {
    first: () => chunk({ role: 'assistant', content: '' }, null),
    text: (/** @type {string} */ content) => chunk({ content }, null),
    /** @param {FinishReason} finishReason @param {Usage} usage */
    last: (finishReason, usage) => [
      chunk({}, finishReason),
      ...(includeUsage ? [{ ...shared, choices: [], usage }] : []),
    ],
  };
}

/**
 * The chunks of a stream in order: role, a word each, the end and, if asked for, the usage.
 *
 * @param {Completion} completion
 * @param {boolean} includeUsage
 */
export function toChunks({ text, usage, finishReason, ...head }, includeUsage) {
  const chunks = createChunkWriter(head, includeUsage);
  const words = text.match(/\S+\s*/g) ?? [];
  return [chunks.first(), ...words.map(chunks.text), ...chunks.last(finishReason, usage)];
}

/**
 * @param {number} created
 * @param {readonly { id: string, owner: string }[]} models
 */
export function toModelsBody(created, models) {
  const data = models.map(({ id, owner }) => ({ id, object: 'model', created, owned_by: owner }));
  return { object: 'list', data };
}

/** @param {AnswerHead} head @param {string} object */
function toHead({ id, created, model }, object) {
  return { id, object, created, model };
}
