/** Counts what the guards say about labelled pairs, and lays the counts out as Markdown. */
import { clopperPearson } from '../replay/statistics.mjs';

/** @typedef {import('./pair-rows.mjs').Pair} Pair */
/** @typedef {{ guard: string, detail: string, veto: boolean }} GuardFinding as the worker has it */
/** @typedef {{ pair: Pair, words: number, findings: readonly GuardFinding[] }} Checked */

/**
 * @typedef {object} Counts
 * @property {number} pairs
 * @property {number} positives pairs that one response answers
 * @property {number} speaks pairs with a finding
 * @property {number} speaksRight those among them that need two responses
 * @property {number} vetoes
 * @property {number} vetoesRight
 */

/** @typedef {{ rule: string, part: string } & Counts} Row */

/** Longest prompt of a pair, in words, for the table by length. */
const lengthBins = [8, 12, 20, 40, Infinity];

/**
 * @param {readonly Checked[]} checked
 * @param {string} rule a guard's name, or `any`
 * @returns {Counts}
 */
export function countRule(checked, rule) {
  const counts = { positives: 0, speaks: 0, speaksRight: 0, vetoes: 0, vetoesRight: 0 };
  for (const { pair, findings } of checked) {
    const said = rule === 'any' ? findings : findings.filter(({ guard }) => guard === rule);
    const right = 1 - pair.label;
    counts.positives += pair.label;
    if (said.length === 0) continue;
    counts.speaks += 1;
    counts.speaksRight += right;
    if (!said.some(({ veto }) => veto)) continue;
    counts.vetoes += 1;
    counts.vetoesRight += right;
  }
  return { pairs: checked.length, ...counts };
}

/**
 * @param {readonly Checked[]} checked
 * @param {readonly string[]} rules
 * @returns {{ all: Row[], bySource: Row[], byLength: Row[] }}
 */
export function toReport(checked, rules) {
  const sources = [...new Set(checked.map(({ pair }) => pair.source))];
  const toRows = (/** @type {string} */ part, /** @type {readonly Checked[]} */ some) =>
    [...rules, 'any'].map((rule) => ({ rule, part, ...countRule(some, rule) }));
  const bySource = sources.flatMap((source) =>
    toRows(
      source,
      checked.filter(({ pair }) => pair.source === source),
    ),
  );
  const byLength = lengthBins.flatMap((max, at) => {
    const above = lengthBins[at - 1] ?? 0;
    const part = max === Infinity ? `over ${above} words` : `${above + 1} to ${max} words`;
    return toRows(
      part,
      checked.filter(({ words }) => words > above && words <= max),
    );
  });
  return { all: toRows('all', checked), bySource, byLength };
}

/**
 * @param {readonly Row[]} rows
 * @param {boolean} [withSilent] also rules that never speak in a part
 * @returns {string} a Markdown table
 */
export function toTable(rows, withSilent = false) {
  const shown = rows.filter(({ speaks }) => withSilent || speaks > 0);
  return [
    '| part | rule | speaks | precision, % (95 % interval) | vetoes | veto precision, % | positives lost, % |',
    '| --- | --- | --: | --: | --: | --: | --: |',
    ...shown.map((row) => {
      const { pairs, positives, speaks, speaksRight, vetoes, vetoesRight } = row;
      return `| ${[
        row.part,
        row.rule,
        `${speaks} of ${pairs}`,
        withInterval(speaksRight, speaks),
        vetoes,
        withInterval(vetoesRight, vetoes),
        percent(vetoes - vetoesRight, positives),
      ].join(' | ')} |`;
    }),
  ].join('\n');
}

/** @param {number} part @param {number} whole */
function percent(part, whole) {
  return whole === 0 ? '-' : ((part / whole) * 100).toFixed(1);
}

/** @param {number} part @param {number} whole */
function withInterval(part, whole) {
  const interval = clopperPearson(part, whole);
  if (interval === null) return '-';
  const [low, high] = interval.map((end) => (end * 100).toFixed(1));
  return `${percent(part, whole)} (${low} to ${high})`;
}
