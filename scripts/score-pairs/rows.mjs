/** Pairs of prompts as they are read, and as they are written with what skimp says of them. */

/**
 * A row as read: `q1` and `q2`, maybe `label` and whatever else; all of it is passed on.
 *
 * @typedef {Readonly<Record<string, unknown>> & { readonly q1: string, readonly q2: string,
 *   readonly label?: 0 | 1 | null }} PairRow
 */

/** @typedef {{ readonly length: number, readonly lengthGap: number }} Lengths */

/**
 * What skimp says of a pair.
 *
 * @typedef {object} Figures
 * @property {number | null} similarity cosine of the embeddings, -1 to 1; null when there are none
 * @property {number | null} verifier `P(same response)` by the verifier, 0 to 1; null when it did not run
 * @property {readonly { guard: string, veto: boolean }[]} guards those that spoke
 * @property {number} length `ln(1 + words)` of the longer prompt
 * @property {number} lengthGap difference of that to the shorter one's
 * @property {number} risk `1 - P(same response)`, 0 to 1: lower is safer
 * @property {boolean} served at the error budget
 * @property {string} [detail] why skimp could not tell
 */

/** @typedef {PairRow & Figures} ScoredRow */

/** A cosine that was rounded may be past 1 by this much. */
const TOLERANCE = 0.001;

/**
 * @param {Readonly<Record<string, unknown>>} value
 * @returns {PairRow | string} the row, or what is wrong with it
 */
export function parsePairRow(value) {
  const { q1, q2, label, similarity } = value;
  if (typeof q1 !== 'string' || q1 === '') return 'no q1, or not a text';
  if (typeof q2 !== 'string' || q2 === '') return 'no q2, or not a text';
  if (!isAbsent(label) && label !== 0 && label !== 1) return 'label is neither 0 nor 1';
  if (!isAbsent(similarity) && !isCosine(similarity)) return 'similarity is not from -1 to 1';
  return /** @type {PairRow} */ (value);
}

/** @param {unknown} value */
function isAbsent(value) {
  return value === undefined || value === null;
}

/** @param {unknown} value */
function isCosine(value) {
  return typeof value === 'number' && Math.abs(value) <= 1 + TOLERANCE;
}

/**
 * @param {PairRow} row its own figures, where it has some, give way
 * @param {import('../../src/index.ts').PromptComparison} comparison
 * @param {Lengths} lengths
 * @returns {ScoredRow}
 */
export function toScoredRow(row, comparison, { length, lengthGap }) {
  const { similarity = null, verifier = null, guards, risk, served, detail } = comparison;
  const scored = {
    ...row,
    similarity,
    verifier,
    guards: guards.map(({ guard, veto }) => ({ guard, veto })),
    length,
    lengthGap,
    risk,
    served,
  };
  return detail === undefined ? scored : { ...scored, detail };
}

/**
 * The same text needs no model: it says nothing about one.
 *
 * @param {Figures} figures
 */
export function isExactRepeat({ served, verifier }) {
  return served && verifier === null;
}
