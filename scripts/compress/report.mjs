/** Counts what became of texts. Keeps figures only, so that any number of texts can be counted. */
import { percentile, share } from '../replay/statistics.mjs';
import { countCut } from './protected-spans.mjs';
import { toAskName, toTarget } from './rows.mjs';
import { createShiftCount } from './shift.mjs';

/** @typedef {import('./rows.mjs').Ask} Ask */
/** @typedef {import('./rows.mjs').CompressedRow} CompressedRow */
/** @typedef {import('./protected-spans.mjs').ProtectedSpan} ProtectedSpan */
/** @typedef {import('./protected-spans.mjs').Slices} Slices */

/** Shorter texts cannot be held to a hundredth: one word is more. */
const MIN_WORDS = 200;
/** Share of a text's tokens that the result may be off its target. */
const TOLERANCE = 0.01;

/**
 * Of texts over 200 words that the model chose from.
 *
 * @typedef {object} BudgetCount
 * @property {number} rows
 * @property {number} within those at most 1 % of their original tokens off the target
 */

/**
 * Counts of one ask.
 *
 * @typedef {object} AskCount
 * @property {string} ask
 * @property {number} rows
 * @property {number} originalTokens of all rows, as they were
 * @property {number} keptTokens of all rows, as they are written
 * @property {BudgetCount} budget
 * @property {BudgetCount} budgetProtectedFree of texts without a span that is always kept
 * @property {number} protectedSpans
 * @property {number} cutSpans those that are in the output in part, or missing though always kept
 * @property {number} wrongSlices rows whose text was not that of its kept slices
 * @property {Record<string, number>} skipped rows by reason
 */

/** @param {readonly Ask[]} asks */
export function createReport(asks) {
  const counts = asks.map((ask) => ({
    ask,
    count: newCount(ask),
    paces: /** @type {number[]} */ ([]),
    shift: createShiftCount(),
  }));
  /** @param {Ask} ask one of `asks` */
  function entryOf(ask) {
    const entry = counts.find((other) => other.ask === ask);
    if (entry === undefined) throw new Error(`nobody asked for ${toAskName(ask)}`);
    return entry;
  }
  return {
    /**
     * @param {Ask} ask one of `asks`
     * @param {CompressedRow} row
     * @param {{ spans: readonly ProtectedSpan[], isJoined: boolean }} source the protected spans of
     *   its text; whether what the optimizer gave was its kept slices
     */
    add(ask, row, source) {
      const entry = entryOf(ask);
      countRow(entry.count, { row, target: toTarget(ask, row.originalTokens), ...source });
      const ran = row.skipped === undefined && row.originalTokens > 0;
      if (ran) entry.paces.push((row.milliseconds * 1000) / row.originalTokens);
    },
    /**
     * @param {Ask} ask one of `asks`
     * @param {CompressedRow} row
     * @param {{ shifted: Slices, own: Slices }} kept what is kept of its text behind 50 words, to as
     *   many tokens in all, and of the text itself; only of texts over 200 words that the model
     *   chose from
     */
    addShifted(ask, row, { shifted, own }) {
      const { shift } = entryOf(ask);
      const isChosen = row.skipped === undefined && hasMoreWords(row.text, MIN_WORDS);
      if (isChosen) shift.add(row, shifted, own);
    },
    figures: () =>
      counts.map(({ count, paces, shift }) => {
        const shifted = shift.figures();
        return { ...toFigures(count, paces), ...(shifted.rows === 0 ? {} : { shift: shifted }) };
      }),
  };
}

/** @param {Ask} ask @returns {AskCount} */
function newCount(ask) {
  return {
    ask: toAskName(ask),
    rows: 0,
    originalTokens: 0,
    keptTokens: 0,
    budget: { rows: 0, within: 0 },
    budgetProtectedFree: { rows: 0, within: 0 },
    protectedSpans: 0,
    cutSpans: 0,
    wrongSlices: 0,
    skipped: {},
  };
}

/**
 * @param {AskCount} count
 * @param {{ row: CompressedRow, target: number, spans: readonly ProtectedSpan[], isJoined: boolean }} one
 */
function countRow(count, { row, target, spans, isJoined }) {
  const { text, originalTokens, keptTokens, skipped } = row;
  count.rows += 1;
  count.originalTokens += originalTokens;
  count.keptTokens += keptTokens;
  count.protectedSpans += spans.length;
  count.cutSpans += countCut(text, spans, row.kept);
  if (!isJoined) count.wrongSlices += 1;
  if (skipped !== undefined) count.skipped[skipped] = (count.skipped[skipped] ?? 0) + 1;
  const isChosen = skipped === undefined || skipped === 'protected';
  if (!isChosen || !hasMoreWords(text, MIN_WORDS)) return;
  const isWithin = Math.abs(keptTokens - target) <= TOLERANCE * originalTokens;
  const isFree = skipped === undefined && spans.every(({ mode }) => mode !== 'keep');
  for (const budget of isFree ? [count.budget, count.budgetProtectedFree] : [count.budget]) {
    budget.rows += 1;
    if (isWithin) budget.within += 1;
  }
}

/** @param {string} text @param {number} words */
function hasMoreWords(text, words) {
  let found = 0;
  for (const _ of text.matchAll(/\S+/g)) {
    found += 1;
    if (found > words) return true;
  }
  return false;
}

/** @param {AskCount} count @param {readonly number[]} paces milliseconds for 1,000 tokens */
function toFigures(count, paces) {
  const { budget, budgetProtectedFree } = count;
  return {
    ...count,
    ratio: share(count.keptTokens, count.originalTokens),
    budget: { ...budget, share: share(budget.within, budget.rows) },
    budgetProtectedFree: {
      ...budgetProtectedFree,
      share: share(budgetProtectedFree.within, budgetProtectedFree.rows),
    },
    msPer1000Tokens: {
      rows: paces.length,
      median: percentile(paces, 0.5),
      p95: percentile(paces, 0.95),
    },
  };
}

/** @typedef {ReturnType<ReturnType<typeof createReport>['figures']>[number]} AskFigures */
