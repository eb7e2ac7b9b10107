/** Texts to compress as they are read, and as they are written with what is left of them. */

/** @typedef {import('../../src/index.ts').CompressionTask} Task */
/** @typedef {import('../../src/index.ts').CompressionRequest} CompressionRequest */
/** @typedef {import('../../src/demo/compress-session.ts').CompressOutcome} Outcome */

/**
 * A row as read; whatever else it has is passed on.
 *
 * @typedef {Readonly<Record<string, unknown>> & { readonly text: string,
 *   readonly question?: string | null, readonly task?: Task | null }} TextRow
 */

/**
 * What a text is to be shortened to: `keep`, a share of its tokens, above 0 and up to 1; or
 * `maxTokens`.
 *
 * @typedef {{ readonly keep: number } | { readonly maxTokens: number }} Ask
 */

/**
 * What is written beside a row's own fields.
 *
 * @typedef {object} Figures
 * @property {number | null} keep the share asked for; null where `maxTokens` was
 * @property {number} [maxTokens]
 * @property {string} compressed the kept slices of `text`, joined
 * @property {readonly (readonly [start: number, end: number])[]} kept in UTF-16 code units
 * @property {number} originalTokens
 * @property {number} keptTokens
 * @property {number} milliseconds in the worker
 * @property {string} [skipped] why `compressed` is `text`
 * @property {string} [detail] why the model did not run
 */

/** @typedef {TextRow & Figures} CompressedRow */

/** @type {readonly string[]} those of src/shared/compression.ts */
export const tasks = ['qa', 'summary', 'code'];

/**
 * @param {Readonly<Record<string, unknown>>} value
 * @returns {TextRow | string} the row, or what is wrong with it
 */
export function parseTextRow(value) {
  const { text, question, task } = value;
  if (typeof text !== 'string') return 'no text, or not a string';
  if (!isAbsent(question) && typeof question !== 'string') return 'question is not a string';
  if (!isAbsent(task) && !isTask(task)) return `task is none of ${tasks.join(', ')}`;
  return /** @type {TextRow} */ (value);
}

/** @param {unknown} value @returns {value is Task} */
export function isTask(value) {
  return typeof value === 'string' && tasks.includes(value);
}

/** @param {unknown} value */
function isAbsent(value) {
  return value === undefined || value === null;
}

/**
 * @param {TextRow} row
 * @param {Ask} ask
 * @param {Pick<import('./options.mjs').Options, 'task' | 'counter' | 'minTokens' | 'hideQuestion'>} options
 * @returns {CompressionRequest}
 */
export function toRequest({ text, question, task }, ask, options) {
  const asked = 'keep' in ask ? { keepRatio: ask.keep } : { maxTokens: ask.maxTokens };
  const isAsked = typeof question === 'string' && question.trim() !== '' && !options.hideQuestion;
  return {
    text,
    ...asked,
    ...(isAsked ? { question } : {}),
    task: task ?? options.task,
    minTokens: options.minTokens,
    counter: options.counter,
  };
}

/**
 * @param {string} text
 * @param {Outcome} outcome
 * @returns {boolean} whether the optimizer's text is that of its slices
 */
export function isJoined(text, outcome) {
  return toSlices(text, outcome) === outcome.text;
}

/** @param {string} text @param {Pick<Outcome, 'kept'>} outcome */
function toSlices(text, { kept }) {
  return kept.map(([start, end]) => text.slice(start, end)).join('');
}

/**
 * @param {TextRow} row what it holds of an earlier run gives way
 * @param {Ask} ask
 * @param {Outcome} outcome
 * @returns {CompressedRow}
 */
export function toCompressedRow(row, ask, outcome) {
  const { skipped: _skipped, detail: _detail, maxTokens: _maxTokens, ...fields } = row;
  const { kept, originalTokens, keptTokens, milliseconds, skipped, detail } = outcome;
  return {
    .../** @type {TextRow} */ (fields),
    ...('keep' in ask ? { keep: ask.keep } : { keep: null, maxTokens: ask.maxTokens }),
    compressed: toSlices(row.text, outcome),
    kept,
    originalTokens,
    keptTokens,
    milliseconds,
    ...(skipped === undefined ? {} : { skipped }),
    ...(detail === undefined ? {} : { detail }),
  };
}

/**
 * @param {Ask} ask
 * @param {number} originalTokens
 * @returns {number} tokens that the text is to have
 */
export function toTarget(ask, originalTokens) {
  if ('keep' in ask) return Math.round(ask.keep * originalTokens);
  return Math.min(ask.maxTokens, originalTokens);
}

/** @param {Ask} ask */
export function toAskName(ask) {
  return 'keep' in ask ? `keep ${ask.keep}` : `max ${ask.maxTokens} tokens`;
}
