/** Counts what a replay did. Pure: rows and outcomes in, figures out. */
import { clopperPearson, percentile, share, shareWithInterval } from './statistics.mjs';

/** @typedef {import('./rows.mjs').Row} Row */
/** @typedef {import('../../src/demo/replay-row.ts').RowOutcome} RowOutcome */

/**
 * A row, what became of it, and what an oracle would have made of it.
 *
 * @typedef {object} Judged
 * @property {RowOutcome} outcome
 * @property {boolean} isPossible an earlier prompt of the cluster was seen in the run
 * @property {boolean} isRepeat this very prompt was seen in the run
 * @property {boolean} isNearestRight the earlier prompt that was most similar is of the cluster
 */

/**
 * @param {readonly Row[]} rows
 * @param {readonly RowOutcome[]} outcomes one for each row
 */
export function toReport(rows, outcomes) {
  const judged = judge(rows, outcomes);
  const fresh = judged.filter(({ isRepeat }) => !isRepeat);
  const hits = countHits(judged);
  return {
    rows: rows.length,
    runs: new Set(rows.map(({ run }) => run)).size,
    hits,
    all: toEfficiency(judged),
    fresh: toEfficiency(fresh),
    bestThreshold: toBestThreshold(fresh),
    bestThresholdGuarded: toBestThreshold(fresh, { isGuarded: true }),
    wrongShareOfSemanticHits: shareWithInterval(hits.semantic.wrong, hits.semantic.served),
    verifier: countVerifier(judged),
    misses: countBy(outcomes, ({ tier, reason }) => (tier === 'miss' ? reason : undefined)),
    guards: countGuards(judged),
    latencyMs: toLatencies(outcomes),
    errors: countBy(
      outcomes.flatMap(({ errors }) => errors),
      (code) => code,
    ),
  };
}

/**
 * @param {readonly Row[]} rows
 * @param {readonly RowOutcome[]} outcomes
 * @returns {Judged[]}
 */
function judge(rows, outcomes) {
  const seen = new Set();
  return rows.map(({ prompt, cluster, run }, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error(`row ${index + 1} has no outcome`);
    const clusterKey = JSON.stringify(['cluster', run, cluster]);
    const promptKey = JSON.stringify(['prompt', run, prompt]);
    const isPossible = seen.has(clusterKey);
    const isRepeat = seen.has(promptKey);
    seen.add(clusterKey).add(promptKey);
    return { outcome, isPossible, isRepeat, isNearestRight: outcome.matchedCluster === cluster };
  });
}

/** @param {readonly Judged[]} judged */
function countHits(judged) {
  const count = (/** @type {string} */ tier) => {
    const served = judged.filter(({ outcome }) => outcome.tier === tier);
    const wrong = served.filter(({ outcome }) => outcome.isWrong).length;
    return { served: served.length, wrong };
  };
  return { exact: count('exact'), semantic: count('semantic') };
}

/** @param {readonly Judged[]} judged */
function toEfficiency(judged) {
  const possible = judged.filter(({ isPossible }) => isPossible).length;
  const served = judged.filter(({ outcome }) => outcome.tier !== 'miss');
  const wrongHits = served.filter(({ outcome }) => outcome.isWrong).length;
  const trueHits = served.length - wrongHits;
  return {
    rows: judged.length,
    possibleHits: possible,
    trueHits,
    wrongHits,
    coverage: share(trueHits, possible),
    coverageInterval95: clopperPearson(trueHits, possible),
    wrongShare: shareWithInterval(wrongHits, served.length),
    netEfficiency: share(trueHits - wrongHits, possible),
  };
}

/**
 * The best that one threshold on the similarity could have reached on these rows, known only
 * afterwards: the paper's figure.
 *
 * @param {readonly Judged[]} judged
 * @param {{ isGuarded?: boolean }} [options] whether a prompt that a guard refused counts as a miss
 */
function toBestThreshold(judged, { isGuarded = false } = {}) {
  const possible = judged.filter(({ isPossible }) => isPossible).length;
  const compared = judged
    .filter(({ outcome }) => outcome.similarity !== undefined)
    .filter(({ outcome }) => !isGuarded || outcome.guard === undefined)
    .toSorted((a, b) => similarityOf(b) - similarityOf(a));
  let net = 0;
  let best = { netHits: 0, minSimilarity: /** @type {number | null} */ (null) };
  compared.forEach((row, index) => {
    net += row.isNearestRight ? 1 : -1;
    const next = compared[index + 1];
    // A threshold takes all rows of one similarity or none.
    if (next !== undefined && similarityOf(next) === similarityOf(row)) return;
    if (net > best.netHits) best = { netHits: net, minSimilarity: similarityOf(row) };
  });
  return { netEfficiency: share(best.netHits, possible), minSimilarity: best.minSimilarity };
}

/** @param {Judged} row */
function similarityOf({ outcome }) {
  return outcome.similarity ?? -1;
}

/**
 * `vetoes`: the risk alone would have served the answer. `findings`: the guard also speaks where
 * the risk already was too high.
 *
 * @param {readonly Judged[]} judged
 */
function countGuards(judged) {
  /** @type {Record<string, { vetoes: number, rightVetoes: number, findings: number, rightFindings: number }>} */
  const guards = {};
  for (const { outcome, isNearestRight } of judged) {
    if (outcome.guard === undefined) continue;
    const count = (guards[outcome.guard] ??= {
      vetoes: 0,
      rightVetoes: 0,
      findings: 0,
      rightFindings: 0,
    });
    const right = isNearestRight ? 0 : 1;
    count.findings += 1;
    count.rightFindings += right;
    if (outcome.reason !== 'guard') continue;
    count.vetoes += 1;
    count.rightVetoes += right;
  }
  return guards;
}

/**
 * `compared`: another wording was found. `read`: the verifier was asked about it. `refused`: and the
 * risk stayed too high; `rightlyRefused`: of a prompt of another cluster.
 *
 * @param {readonly Judged[]} judged
 */
function countVerifier(judged) {
  const compared = judged.filter(
    ({ outcome }) => outcome.tier !== 'exact' && outcome.similarity !== undefined,
  );
  const read = compared.filter(({ outcome }) => outcome.verifier !== undefined);
  const refused = read.filter(({ outcome }) => outcome.tier === 'miss');
  return {
    compared: compared.length,
    read: read.length,
    refused: refused.length,
    rightlyRefused: refused.filter(({ isNearestRight }) => !isNearestRight).length,
  };
}

/** @param {readonly RowOutcome[]} outcomes */
function toLatencies(outcomes) {
  const of = (/** @type {string} */ tier) => {
    const rows = outcomes.filter((outcome) => outcome.tier === tier);
    const lookups = rows.flatMap(({ lookupMs }) => lookupMs ?? []);
    const calls = rows.map(({ callMs }) => callMs);
    return {
      lookups: lookups.length,
      p50: percentile(lookups, 0.5),
      p95: percentile(lookups, 0.95),
      callP50: percentile(calls, 0.5),
      callP95: percentile(calls, 0.95),
    };
  };
  return { exact: of('exact'), semantic: of('semantic'), miss: of('miss') };
}

/**
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => string | undefined} toName
 * @returns {Record<string, number>}
 */
function countBy(items, toName) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const item of items) {
    const name = toName(item);
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
