/** The bodies of OpenAI's chat completions API that the FAQ server sends. */

/** @typedef {{ prompt_tokens: number, completion_tokens: number, total_tokens: number }} Usage */
/** @typedef {{ id: string, created: number, text: string, usage: Usage }} Completion */

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
    this.body = {
      error: { message, type: 'invalid_request_error', param: param ?? null, code: code ?? null },
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
export function toCompletionBody({ id, created, text, usage }) {
  const message = { role: 'assistant', content: text, refusal: null };
  const choice = { index: 0, message, logprobs: null, finish_reason: 'stop' };
  return { id, object: 'chat.completion', created, model: MODEL, choices: [choice], usage };
}

/**
 * The chunks of a stream in order: role, a word each, the end and, if asked for, the usage.
 *
 * @param {Completion} completion
 * @param {boolean} includeUsage
 */
export function toChunks({ id, created, text, usage }, includeUsage) {
  const shared = { id, object: 'chat.completion.chunk', created, model: MODEL };
  const trailer = includeUsage ? { usage: null } : {};
  /**
   * @param {Record<string, string>} delta
   * @param {'stop' | null} finishReason
   */
  const chunk = (delta, finishReason) => ({
    ...shared,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
    ...trailer,
  });
  return [
    chunk({ role: 'assistant', content: '' }, null),
    ...(text.match(/\S+\s*/g) ?? []).map((content) => chunk({ content }, null)),
    chunk({}, 'stop'),
    ...(includeUsage ? [{ ...shared, choices: [], usage }] : []),
  ];
}

/** @param {number} created */
export function toModelsBody(created) {
  return { object: 'list', data: [{ id: MODEL, object: 'model', created, owned_by: OWNER }] };
}
