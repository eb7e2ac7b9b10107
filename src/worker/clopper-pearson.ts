/** Halvings of the unit interval: past them, doubles have no more digits. */
const STEPS = 50;

/**
 * The two-sided 95 % interval of a share: exact, and never too narrow.
 *
 * @param trials - 1 or more.
 * @returns both ends, 0 to 1.
 */
export function clopperPearson(successes: number, trials: number): readonly [number, number] {
  const tail = 0.025;
  const low = successes === 0 ? 0 : solve((p) => 1 - binomialCdf(successes - 1, trials, p) < tail);
  const high = successes === trials ? 1 : solve((p) => binomialCdf(successes, trials, p) > tail);
  return [low, high];
}

/** The point up to which `isBelow` holds, from 0 to 1. */
function solve(isBelow: (p: number) => boolean): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The probability of at most `k` successes in `n` trials; `p` is neither 0 nor 1. */
function binomialCdf(k: number, n: number, p: number): number {
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
