/** How well scores tell positives from negatives. Pure. */
import { percentile } from '../replay/statistics.mjs';

/** Shares of wrong ones among all served, for the figures "served at". */
export const falseHitRates = /** @type {const} */ ([0.01, 0.05]);

/**
 * Rows by one stage's score, best first, rows of one score together.
 *
 * @typedef {object} Ranking
 * @property {Int32Array} order numbers of the rows
 * @property {readonly number[]} ends where each group of one score ends in `order`
 * @property {number} scored rows with a score: they come first, the others are never served
 * @property {Uint8Array} labels 1 for a positive, by number of row
 */

/**
 * @typedef {object} Measures
 * @property {number | null} auc null without a positive or a negative
 * @property {(number | null)[]} servedAt for each of `falseHitRates`; null where AUC is
 */

/**
 * @param {readonly (number | null)[]} scores higher is likelier positive; null ranks below any
 * @param {Uint8Array} labels
 * @returns {Ranking}
 */
export function rank(scores, labels) {
  const of = (/** @type {number} */ row) => scores[row] ?? -Infinity;
  const order = Int32Array.from(scores, (_, row) => row).sort((a, b) => {
    const [x, y] = [of(a), of(b)];
    return x === y ? 0 : y - x;
  });
  /** @type {number[]} */
  const ends = [];
  for (let at = 1; at <= order.length; at += 1) {
    if (at === order.length || of(order[at] ?? 0) !== of(order[at - 1] ?? 0)) ends.push(at);
  }
  return { order, ends, scored: scores.filter((score) => score !== null).length, labels };
}

/**
 * AUC, ties counting a half; and the greatest share of the positives that any one threshold serves
 * while at most a given share of all that it serves is wrong. A threshold serves all rows of one
 * score or none.
 *
 * @param {Ranking} ranking
 * @param {Uint16Array} [counts] how often each row counts; once when absent
 * @returns {Measures}
 */
export function measure({ order, ends, scored, labels }, counts) {
  let positives = 0;
  let negatives = 0;
  let missedPairs = 0; // of a positive and a negative in the wrong order
  const served = falseHitRates.map(() => 0);
  let at = 0;
  for (const end of ends) {
    let [groupPositives, groupNegatives] = [0, 0];
    for (; at < end; at += 1) {
      const row = order[at] ?? 0;
      const count = counts === undefined ? 1 : (counts[row] ?? 0);
      if (labels[row] === 1) groupPositives += count;
      else groupNegatives += count;
    }
    missedPairs += groupPositives * (negatives + groupNegatives / 2);
    positives += groupPositives;
    negatives += groupNegatives;
    if (at > scored) continue;
    for (const [index, rate] of falseHitRates.entries()) {
      // The slack is for products such as 0.07 * 100.
      if (negatives <= rate * (positives + negatives) + 1e-9) served[index] = positives;
    }
  }
  const pairs = positives * negatives;
  return {
    auc: pairs === 0 ? null : 1 - missedPairs / pairs,
    servedAt: served.map((hits) => (pairs === 0 ? null : hits / positives)),
  };
}

/** @typedef {[number, number] | null} Interval null when no draw had a value */
/** @typedef {{ auc: Interval, servedAt: Interval[] }} MeasureIntervals */

/**
 * 95 % intervals by the percentile bootstrap over rows: each draw takes as many rows as there are,
 * with replacement, the same ones for every ranking, and chooses its thresholds anew.
 *
 * @param {readonly Ranking[]} rankings of the same rows
 * @param {{ draws: number, seed: number }} options
 * @returns {MeasureIntervals[]} one a ranking
 */
export function bootstrap(rankings, { draws, seed }) {
  const rows = rankings[0]?.labels.length ?? 0;
  const random = createRandom(seed);
  const counts = new Uint16Array(rows);
  /** @type {Measures[][]} */
  const drawn = rankings.map(() => []);
  for (let draw = 0; draw < draws; draw += 1) {
    counts.fill(0);
    for (let i = 0; i < rows; i += 1) {
      const row = Math.floor(random() * rows);
      counts[row] = (counts[row] ?? 0) + 1;
    }
    for (const [index, ranking] of rankings.entries()) {
      drawn[index]?.push(measure(ranking, counts));
    }
  }
  return drawn.map((measures) => ({
    auc: toInterval(measures.map(({ auc }) => auc)),
    servedAt: falseHitRates.map((_, rate) =>
      toInterval(measures.map(({ servedAt }) => servedAt[rate] ?? null)),
    ),
  }));
}

/** @param {readonly (number | null)[]} values @returns {Interval} */
function toInterval(values) {
  const known = values.filter((value) => value !== null);
  const [low, high] = [percentile(known, 0.025), percentile(known, 0.975)];
  return low === null || high === null ? null : [low, high];
}

/** mulberry32: the same numbers from 0 to 1 for the same seed. @param {number} seed */
function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
