import type { CompressionWindow } from './windows.js';

/** How much it counts that a window's logits stay as they are, against that neighbours agree. */
const INERTIA = 1;
/** Words that two windows must both have read to be compared. */
const LEAST_OVERLAP = 5;

/**
 * Makes one logit a word of those of all windows: that of the window whose core holds the word. The
 * model sees no window but the one it reads, so it may find all words of one better than those of
 * the next; what both have read shows by how much, and this is evened out.
 *
 * @param logits - Of each window one logit for each word that it reads.
 */
export function joinWindows(
  windows: readonly CompressionWindow[],
  logits: readonly Float32Array[],
): Float32Array {
  const joined = new Float32Array(windows.at(-1)?.core[1] ?? 0);
  const offsets = findOffsets(windows, logits);
  for (const [at, { read, core }] of windows.entries()) {
    for (let word = core[0]; word < core[1]; word += 1) {
      joined[word] = logits[at]![word - read[0]]! + offsets[at]!;
    }
  }
  return joined;
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
