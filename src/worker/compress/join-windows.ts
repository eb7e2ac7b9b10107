import type { CompressionWindow, WordRange } from './windows.js';

/**
 * How much it counts that a window's logits stay as they are, against that neighbours agree. Where a
 * word stands in a window tells something about its logit, so neighbours differ a little even where
 * they agree: with much less inertia that adds up, and one end of a long text is forgotten.
 */
const INERTIA = 0.3;
/** Words that two windows must both have read to be compared. */
const LEAST_OVERLAP = 5;

/**
 * Makes one logit a word of those of all windows that read it: their mean, each weighted by how far
 * the word is from the window's edges, where context ends. The model sees no window but the one it
 * reads, so it may find all words of one better than those of the next; what both have read shows by
 * how much, and most of this is evened out before.
 *
 * @param logits - Of each window one logit for each word that it reads.
 */
export function joinWindows(
  windows: readonly CompressionWindow[],
  logits: readonly Float32Array[],
): Float32Array {
  const count = windows.at(-1)?.core[1] ?? 0;
  const sums = new Float64Array(count);
  const weights = new Float64Array(count);
  const offsets = findOffsets(windows, logits);
  for (const [at, { read }] of windows.entries()) {
    for (let word = read[0]; word < read[1]; word += 1) {
      const weight = toWeight(word, read, count);
      sums[word]! += weight * (logits[at]![word - read[0]]! + offsets[at]!);
      weights[word]! += weight;
    }
  }
  return Float32Array.from(sums, (sum, word) => sum / weights[word]!);
}

/** Words to the nearer edge of what is read; where the text itself ends is no edge. */
function toWeight(word: number, [first, last]: WordRange, count: number): number {
  const before = first === 0 ? Infinity : word - first + 1;
  const after = last === count ? Infinity : last - word;
  return Math.min(before, after, count);
}

/**
 * What to add to each window's logits. Least squares: `(x[i] - x[i + 1] - d[i])^2` over neighbours,
 * whose logits of the same words differ by `d[i]` on average, and `INERTIA * x[i]^2` over windows.
 */
function findOffsets(
  windows: readonly CompressionWindow[],
  logits: readonly Float32Array[],
): Float64Array {
  const count = windows.length;
  const diagonal = new Float64Array(count).fill(INERTIA);
  const beside = new Float64Array(count); // between a window and the next
  const right = new Float64Array(count);
  for (let at = 0; at + 1 < count; at += 1) {
    const difference = meanDifference(at, windows, logits);
    if (difference === undefined) continue;
    diagonal[at]! += 1;
    diagonal[at + 1]! += 1;
    beside[at] = -1;
    right[at]! += difference;
    right[at + 1]! -= difference;
  }
  return solveTridiagonal(diagonal, beside, right);
}

/** By how much the next window's logits are higher than those of the window `at`. */
function meanDifference(
  at: number,
  windows: readonly CompressionWindow[],
  logits: readonly Float32Array[],
): number | undefined {
  const [before, after] = [windows[at]!.read, windows[at + 1]!.read];
  const first = Math.max(before[0], after[0]);
  const last = Math.min(before[1], after[1]);
  if (last - first < LEAST_OVERLAP) return undefined;
  let sum = 0;
  for (let word = first; word < last; word += 1) {
    sum += logits[at + 1]![word - after[0]]! - logits[at]![word - before[0]]!;
  }
  return sum / (last - first);
}

/** Thomas' algorithm for a symmetric matrix; changes its arguments. */
function solveTridiagonal(
  diagonal: Float64Array,
  beside: Float64Array,
  right: Float64Array,
): Float64Array {
  for (let at = 1; at < diagonal.length; at += 1) {
    const factor = beside[at - 1]! / diagonal[at - 1]!;
    diagonal[at]! -= factor * beside[at - 1]!;
    right[at]! -= factor * right[at - 1]!;
  }
  for (let at = diagonal.length - 1; at >= 0; at -= 1) {
    const next = at + 1 < diagonal.length ? beside[at]! * right[at + 1]! : 0;
    right[at] = (right[at]! - next) / diagonal[at]!;
  }
  return right;
}
