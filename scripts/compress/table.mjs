/** Writes the figures of compressed texts for people. */
import { align } from '../replay/align.mjs';
import { countsText, number, percent } from '../replay/table.mjs';

/** @typedef {import('./report.mjs').AskFigures} AskFigures */
/**
 * @typedef {object} FullReport
 * @property {number} rows read
 * @property {number} badLines
 * @property {boolean} isCut by the limit
 * @property {string} counter
 * @property {import('../../src/index.ts').CompressorStatus | undefined} compressor
 * @property {number} longTasks
 * @property {number} pageErrors
 * @property {number} seconds
 * @property {readonly AskFigures[]} asks
 */

/** @param {FullReport} report @returns {string} */
export function toTable(report) {
  const { rows, seconds, badLines, isCut } = report;
  const { backend, dtype, model, reason = '' } = report.compressor ?? {};
  const done = [`${number(rows)} in ${number(seconds, 1)} s`];
  if (badLines > 0) done.push(`${number(badLines)} malformed lines skipped`);
  if (isCut) done.push('the rest of the file left out');
  const head = align([
    ['rows', done.join('; ')],
    ['back end', `${backend ?? 'none'} ${dtype ?? ''}, ${model ?? 'no model'}`],
    ['  why', reason],
    ['tokens', report.counter],
    ['page', `${report.longTasks} long tasks, ${report.pageErrors} uncaught errors`],
  ]);
  return [...head, '', ...align(toColumns(report.asks))].join('\n');
}

/** A column for each ask. @param {readonly AskFigures[]} asks @returns {string[][]} */
function toColumns(asks) {
  /** @type {[string, (figures: AskFigures) => string][]} */
  const lines = [
    ['', ({ ask }) => ask],
    ['rows', ({ rows }) => number(rows)],
    ['tokens before', ({ originalTokens }) => number(originalTokens)],
    ['tokens after', ({ keptTokens }) => number(keptTokens)],
    ['ratio', ({ ratio }) => (ratio === null ? '-' : ratio.toFixed(3))],
    ['budget missed', ({ budget }) => missText(budget)],
    ['  no span always kept', ({ budgetProtectedFree }) => missText(budgetProtectedFree)],
    ['protected spans cut', ({ cutSpans, protectedSpans }) => ofText(cutSpans, protectedSpans)],
    ['text is not its slices', ({ wrongSlices }) => number(wrongSlices)],
    ['ms for 1,000 tokens, median', ({ msPer1000Tokens: { median } }) => number(median)],
    ['  95th percentile', ({ msPer1000Tokens: { p95 } }) => number(p95)],
    ['changed by 50 words before', ({ shift }) => changedText(shift)],
    ['  which take none of its tokens', ({ shift }) => ownChangedText(shift)],
    ['skipped', ({ skipped }) => countsText(skipped) || '0'],
  ];
  return lines.map(([name, toText]) => [name, ...asks.map(toText)]);
}

/** @param {AskFigures['budget']} budget */
function missText({ rows, within, share }) {
  const missed = share === null ? null : 1 - share;
  return `${ofText(rows - within, rows)} over 200 words (${percent(missed)})`;
}

/** @param {AskFigures['shift']} shift */
function changedText(shift) {
  if (shift === undefined) return '-';
  return `${ofText(shift.changed, shift.words)} (${percent(shift.share)})`;
}

/** @param {AskFigures['shift']} shift */
function ownChangedText(shift) {
  if (shift === undefined) return '-';
  return `${ofText(shift.ownChanged, shift.words)} (${percent(shift.ownShare)})`;
}

/** @param {number} part @param {number} whole */
function ofText(part, whole) {
  return `${number(part)} of ${number(whole)}`;
}
