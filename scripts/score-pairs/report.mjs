/** Counts what skimp says of labelled pairs. Pure: scored rows in, figures out. */
import { shareWithInterval } from '../replay/statistics.mjs';
import { bootstrap, falseHitRates, measure, rank } from './ranking.mjs';
import { isExactRepeat } from './rows.mjs';
import { toTfIdfSimilarities } from './tf-idf.mjs';

/** @typedef {import('./rows.mjs').ScoredRow} ScoredRow */
/** @typedef {import('./ranking.mjs').Interval} Interval */
/** @typedef {{ value: number | null, interval95: Interval }} Estimate */
/** @typedef {{ row: ScoredRow, tfIdf: number }} Judged */

/** Of the bootstrap. */
const options = { draws: 500, seed: 1 };
/** So that a field of free text makes no table of tables. */
const MAX_GROUPS = 100;

/** Says how the figures come about. */
export const method =
  `AUC and "served at": 95 % percentile bootstrap over rows (${options.draws} draws, seed ` +
  `${options.seed}), the threshold being the best in hindsight, in each draw anew, ties served ` +
  'together. At the budget: Clopper-Pearson. Rows that share prompts are not independent: then all ' +
  'intervals are too narrow.';

/** A pair that skimp could not judge is known by what is missing. @param {ScoredRow} row */
const isJudged = ({ similarity, verifier }) => similarity !== null && verifier !== null;

/**
 * What each stage would rank by, higher being likelier one response; null: it says nothing, or no.
 *
 * @type {Readonly<Record<string, (judged: Judged) => number | null>>}
 */
const stages = {
  'TF-IDF': ({ tfIdf }) => tfIdf,
  similarity: ({ row }) => row.similarity,
  verifier: ({ row }) => row.verifier,
  risk: ({ row }) => (isJudged(row) ? -row.risk : null),
  'risk, vetoes': ({ row }) =>
    isJudged(row) && !row.guards.some(({ veto }) => veto) ? -row.risk : null,
};

/**
 * @param {readonly ScoredRow[]} rows
 * @param {readonly string[]} [fields] those by whose values the figures are told apart
 */
export function toReport(rows, fields = []) {
  const tfIdf = toTfIdfSimilarities(rows);
  const judged = rows.flatMap((row, index) => {
    const isLabelled = row.label === 0 || row.label === 1;
    return isLabelled && !isExactRepeat(row) ? [{ row, tfIdf: tfIdf[index] ?? 0 }] : [];
  });
  return {
    rows: rows.length,
    served: rows.filter(({ served }) => served).length,
    exactRepeats: rows.filter(isExactRepeat).length,
    unlabelled: rows.filter(({ label }) => label !== 0 && label !== 1).length,
    undecided: countDetails(rows),
    method,
    all: toFigures(judged),
    groups: fields.flatMap((field) => toGroups(judged, field)),
  };
}

/** @param {readonly ScoredRow[]} rows @returns {Record<string, number>} */
function countDetails(rows) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const row of rows) {
    const { detail } = row;
    if (detail === undefined || isExactRepeat(row)) continue;
    counts[detail] = (counts[detail] ?? 0) + 1;
  }
  return counts;
}

/** @param {readonly Judged[]} judged */
export function toFigures(judged) {
  const positives = judged.filter(({ row }) => row.label === 1).length;
  return {
    pairs: judged.length,
    positives,
    stages: toStageFigures(judged),
    atBudget: toBudgetFigures(judged, positives),
  };
}

/** @param {readonly Judged[]} judged */
function toStageFigures(judged) {
  const labels = Uint8Array.from(judged, ({ row }) => row.label ?? 0);
  const names = Object.keys(stages);
  const rankings = Object.values(stages).map((toScore) => rank(judged.map(toScore), labels));
  const intervals = bootstrap(rankings, options);
  return rankings.map((ranking, index) => {
    const { auc, servedAt } = measure(ranking);
    return {
      stage: names[index] ?? '',
      auc: toEstimate(auc, intervals[index]?.auc),
      servedAt: falseHitRates.map((maxFalseHits, rate) => ({
        maxFalseHits,
        ...toEstimate(servedAt[rate], intervals[index]?.servedAt[rate]),
      })),
    };
  });
}

/**
 * @param {number | null | undefined} value
 * @param {Interval | undefined} interval95
 * @returns {Estimate}
 */
function toEstimate(value = null, interval95 = null) {
  return { value, interval95: value === null ? null : interval95 };
}

/**
 * What was served at the optimizer's own threshold.
 *
 * @param {readonly Judged[]} judged
 * @param {number} positives
 */
function toBudgetFigures(judged, positives) {
  const served = judged.filter(({ row }) => row.served);
  const wrong = served.filter(({ row }) => row.label === 0).length;
  return {
    served: served.length,
    wrong,
    falseHits: shareWithInterval(wrong, served.length),
    positivesServed: shareWithInterval(served.length - wrong, positives),
  };
}

/**
 * @param {readonly Judged[]} judged
 * @param {string} field
 */
function toGroups(judged, field) {
  const toName = (/** @type {Judged} */ { row }) => {
    const value = row[field];
    return value === undefined || value === null ? undefined : String(value);
  };
  /** @type {Map<string, Judged[]>} */
  const groups = new Map();
  for (const one of judged) {
    const name = toName(one);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [one]);
    else group.push(one);
  }
  if (groups.size > MAX_GROUPS) {
    throw new Error(`${field} has ${groups.size} values; figures by ${MAX_GROUPS} at most`);
  }
  return Array.from(groups, ([name, group]) => ({ field, name, ...toFigures(group) })).toSorted(
    (a, b) => b.pairs - a.pairs,
  );
}
