/** Writes the figures of scored pairs for people. */
import { align } from '../replay/align.mjs';
import { backendLine, intervalText, number, percent } from '../replay/table.mjs';
import { falseHitRates } from './ranking.mjs';

/** @typedef {ReturnType<typeof import('./report.mjs').toReport>} Report */
/** @typedef {ReturnType<typeof import('./report.mjs').toFigures>} Figures */
/** @typedef {import('./report.mjs').Estimate} Estimate */
/**
 * @typedef {Report & { badLines: number, isCut: boolean, seconds: number, pageErrors: number,
 *   backend: string | undefined, dtype: string | undefined, model: string | undefined,
 *   reason: string, maxErrorRate: number, maxRisk: number | undefined }} FullReport
 */

/** Stages that the tables by field show: the whole would be too wide. */
const groupStages = ['TF-IDF', 'similarity', 'verifier', 'risk'];
const DECISION = 'risk, vetoes';

/** @param {FullReport} report @returns {string} */
export function toTable(report) {
  const { all, groups } = report;
  const fields = [...new Set(groups.map(({ field }) => field))];
  const parts = [headLines(report)];
  if (all.pairs > 0) {
    parts.push(stageLines(all), budgetLines(all));
    for (const field of fields) {
      parts.push(
        groupLines(
          field,
          groups.filter((group) => group.field === field),
        ),
      );
    }
    parts.push([report.method]);
  }
  return parts.map((lines) => lines.join('\n')).join('\n\n');
}

/** @param {FullReport} report */
function headLines(report) {
  const { rows, seconds, badLines, isCut, unlabelled, exactRepeats, all } = report;
  const done = [`${number(rows)} in ${number(seconds, 1)} s`];
  if (badLines > 0) done.push(`${number(badLines)} malformed lines skipped`);
  if (isCut) done.push('the rest of the file left out');
  const undecided = Object.entries(report.undecided).map(
    ([detail, count]) => `${number(count)} ${detail}`,
  );
  return align([
    ['rows', done.join('; ')],
    ['back end', backendLine(report)],
    ['  why', report.reason],
    ['served', `${number(report.served)}, of them ${number(exactRepeats)} exact repeats`],
    ['cannot tell', undecided.join(', ') || '0'],
    [
      'labelled',
      `${number(all.pairs)} of other wording, of them ${number(all.positives)} positive; ` +
        `${number(unlabelled)} rows without a label`,
    ],
    ['page', `${number(report.pageErrors)} uncaught errors`],
  ]);
}

/** @param {Figures} figures */
function stageLines({ stages }) {
  const rates = falseHitRates.map((rate) => `positives served at <= ${rate * 100} % false hits`);
  return align([
    ['stage', 'AUC', ...rates],
    ...stages.map(({ stage, auc, servedAt }) => [
      stage,
      estimateText(auc, digits3),
      ...servedAt.map((estimate) => estimateText(estimate, percent)),
    ]),
  ]);
}

/** @param {Figures} figures */
function budgetLines({ positives, atBudget: { served, wrong, falseHits, positivesServed } }) {
  const hits = served - wrong;
  return align([
    [
      'false hits at the budget',
      `${percent(falseHits.share)} (${number(wrong)} of ${number(served)}; ${intervalText(falseHits.interval95)})`,
    ],
    [
      'positives served there',
      `${percent(positivesServed.share)} (${number(hits)} of ${number(positives)}; ${intervalText(positivesServed.interval95)})`,
    ],
  ]);
}

/** @param {string} field @param {Report['groups']} groups */
function groupLines(field, groups) {
  const rates = falseHitRates.map((rate) => `served at ${rate * 100} %`);
  return align([
    [field, 'pairs', 'positive', ...groupStages.map((stage) => `AUC ${stage}`), ...rates].concat([
      'at the budget: false hits',
      'positives served',
    ]),
    ...groups.map(({ name, pairs, positives, stages, atBudget }) => {
      const of = (/** @type {string} */ wanted) => stages.find(({ stage }) => stage === wanted);
      const aucs = groupStages.map((stage) => estimateText(of(stage)?.auc, digits3));
      const servedAt = of(DECISION)?.servedAt ?? [];
      return [
        name,
        number(pairs),
        number(positives),
        ...aucs,
        ...servedAt.map((estimate) => estimateText(estimate, percent)),
        shareText(atBudget.falseHits, `${atBudget.wrong} of ${atBudget.served}`),
        shareText(atBudget.positivesServed),
      ];
    }),
  ]);
}

/**
 * @param {import('../replay/statistics.mjs').ShareWithInterval} share
 * @param {string} [counts]
 */
function shareText({ share, interval95 }, counts) {
  if (share === null || interval95 === null) return '-';
  const interval = `${percent(interval95[0])} to ${percent(interval95[1])}`;
  return `${percent(share)} (${counts === undefined ? '' : `${counts}; `}${interval})`;
}

/**
 * @param {Estimate | undefined} estimate
 * @param {(value: number | null) => string} toText
 */
function estimateText(estimate, toText) {
  if (estimate === undefined || estimate.value === null) return '-';
  const { value, interval95 } = estimate;
  if (interval95 === null) return toText(value);
  return `${toText(value)} (${toText(interval95[0])} to ${toText(interval95[1])})`;
}

/** @param {number | null} value */
function digits3(value) {
  return number(value, 3);
}
