import { describe, expect, test } from 'vitest';
import { joinWindows } from './join-windows.js';

/** Three windows with cores of 10 words each, over 30 words. */
const windows = [
  { read: [0, 14], core: [0, 10] },
  { read: [6, 24], core: [10, 20] },
  { read: [16, 30], core: [20, 30] },
] as const;
/** A word of each window that no other reads. */
const own = [0, 15, 29];
/** What is added to a window's logits, so that neighbours differ as they usually do. */
const usual = [0, 0.3, 0.6];
/** What a word has of that by its windows, each weighted by how far the word is from its edges. */
function usualOf(word: number): number {
  const [, second, third] = usual as [number, number, number];
  if (word < 16) return second * Math.min(1, Math.max(0, word - 5) / 9);
  return second + (third - second) * Math.min(1, (word - 15) / 9);
}
/** What each word is worth. */
const worth = Array.from({ length: 30 }, (_, word) => Math.sin(word));
const read = (offsets: readonly number[]) =>
  windows.map(({ read: range }, at) =>
    Float32Array.from(worth.slice(...range), (value) => value + offsets[at]! + usual[at]!),
  );

test('what one window reads alone is as it says', () => {
  const [window] = windows;
  const logits = Float32Array.from({ length: 10 }, (_, word) => word % 2);
  expect([...joinWindows([{ ...window, read: [0, 10] }], [logits])]).toEqual([...logits]);
});

test('of what two windows read, the one counts more whose edge is further', () => {
  const logits = read([0, 0, 0]);
  const shared = [6, 7, 8, 9, 10, 11, 12, 13];
  const sign = (word: number) => (word < 10 ? 1 : -1); // none on average
  for (const word of shared) logits[0]![word] = worth[word]! + 9 * sign(word);
  const joined = joinWindows(windows, logits);
  for (const word of shared) {
    const expected = worth[word]! + (14 - word) * sign(word) + usualOf(word);
    expect(joined[word]).toBeCloseTo(expected, 4);
  }
});

describe('windows that differ on the words that both have read', () => {
  const offsetsOf = (logits: Float32Array) =>
    own.map((word) => logits[word]! - worth[word]! - usualOf(word));

  test('are brought nearer to each other', () => {
    const [first, second, third] = offsetsOf(joinWindows(windows, read([0, 3, 0])));
    expect(second! - first!).toBeGreaterThan(0);
    expect(second! - first!).toBeLessThan(0.1);
    expect(third).toBeCloseTo(first!, 5);
  });

  test('are left alone where they differ as windows usually do', () => {
    const joined = joinWindows(windows, read([2, 2, 2]));
    for (const [word, value] of worth.entries()) {
      expect(joined[word]).toBeCloseTo(value + 2 + usualOf(word), 5);
    }
  });

  test('solve the least squares that are said', () => {
    const joined = joinWindows(windows, read([0, 3, 1]));
    const offsets = offsetsOf(joined).map((offset, at) => offset - [0, 3, 1][at]!);
    const cost = ([a, b, c]: readonly number[]) =>
      (a! - b! - 3) ** 2 + (b! - c! + 2) ** 2 + 0.001 * (a! ** 2 + b! ** 2 + c! ** 2);
    for (const at of [0, 1, 2]) {
      for (const step of [-0.01, 0.01]) {
        expect(cost(offsets.with(at, offsets[at]! + step))).toBeGreaterThan(cost(offsets));
      }
    }
  });
});

test('windows that share no words are left alone', () => {
  const apart = [
    { read: [0, 3], core: [0, 3] },
    { read: [3, 5], core: [3, 5] },
  ] as const;
  const logits = [Float32Array.of(1, 2, 3), Float32Array.of(9, 8)];
  expect([...joinWindows(apart, logits)]).toEqual([1, 2, 3, 9, 8]);
});

test('no windows have no words', () => {
  expect(joinWindows([], [])).toHaveLength(0);
});
