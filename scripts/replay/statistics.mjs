/** Figures that are nobody's but mathematics'. */

/**
 * @param {readonly number[]} values
 * @param {number} share 0 to 1
 * @returns {number | null} nearest rank, or null without values
 */
export function percentile(values, share) {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/**
 * The two-sided Clopper-Pearson interval of a share: exact, and never too narrow.
 *
 * @param {number} successes
 * @param {number} trials
 * @param {number} [confidence]
 * @returns {[number, number] | null} null without trials
 */
export function clopperPearson(successes, trials, confidence = 0.95) {
  if (trials === 0) return null;
  const tail = (1 - confidence) / 2;
  const low = successes === 0 ? 0 : solve((p) => 1 - binomialCdf(successes - 1, trials, p) < tail);
  const high = successes === trials ? 1 : solve((p) => binomialCdf(successes, trials, p) > tail);
  return [low, high];
}

/** The point up to which `isBelow` holds, from 0 to 1. @param {(p: number) => boolean} isBelow */
function solve(isBelow) {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * @param {number} k
 * @param {number} n
 * @param {number} p 0 to 1, both excluded
 * @returns {number} the probability of at most `k` successes in `n` trials
 */
function binomialCdf(k, n, p) {
  // By its logarithm: the first terms of a long sum underflow.
  let logTerm = n * Math.log1p(-p);
  let sum = Math.exp(logTerm);
  const logOdds = Math.log(p) - Math.log1p(-p);
  for (let i = 1; i <= k; i += 1) {
    logTerm += Math.log(n - i + 1) - Math.log(i) + logOdds;
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

/** @param {number} part @param {number} whole @returns {number | null} null when there is no whole */
export function share(part, whole) {
  return whole === 0 ? null : part / whole;
}

/** @typedef {{ share: number | null, interval95: [number, number] | null }} ShareWithInterval */

/**
 * @param {number} part
 * @param {number} whole
 * @returns {ShareWithInterval} the interval is Clopper and Pearson's
 */
export function shareWithInterval(part, whole) {
  return { share: share(part, whole), interval95: clopperPearson(part, whole) };
}
