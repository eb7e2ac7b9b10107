import { describe, expect, test } from 'vitest';
import { joinWindows } from './join-windows.js';
import type { CompressionWindow } from './windows.js';

/** Three windows with cores of 10 words each, over 30 words. */
const windows = [
  { read: [0, 14], core: [0, 10] },
  { read: [6, 24], core: [10, 20] },
  { read: [16, 30], core: [20, 30] },
] as const;
/** A word of each window that no other reads. */
const own = [0, 15, 29];
/** What each word is worth. */
const worth = Array.from({ length: 30 }, (_, word) => Math.sin(word));
const read = (offsets: readonly number[]) =>
  windows.map(({ read: range }, at) =>
    Float32Array.from(worth.slice(...range), (value) => value + offsets[at]!),
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
    expect(joined[word]).toBeCloseTo(worth[word]! + (14 - word) * sign(word), 4);
  }
});

describe('windows that differ on the words that both have read', () => {
  const offsetsOf = (logits: Float32Array) => own.map((word) => logits[word]! - worth[word]!);

  test('are brought nearer to each other', () => {
    const [first, second, third] = offsetsOf(joinWindows(windows, read([0, 3, 0])));
    expect(second! - first!).toBeGreaterThan(0);
    expect(second! - first!).toBeLessThan(0.4);
    expect(third).toBeCloseTo(first!, 5);
  });

  test('are left alone where they agree', () => {
    const joined = joinWindows(windows, read([2, 2, 2]));
    for (const [word, value] of worth.entries()) expect(joined[word]).toBeCloseTo(value + 2, 5);
  });

  test('differ no further for being many', () => {
    const many = Array.from({ length: 40 }, (_, at): CompressionWindow => ({
      read: [10 * at, 10 * at + 20],
      core: [10 * at, 10 * at + (at === 39 ? 20 : 10)],
    }));
    // Each finds what it begins with better than the one before finds it at its end.
    const tilted = many.map(() => Float32Array.from({ length: 20 }, (_, word) => -0.1 * word));
    const joined = joinWindows(many, tilted);
    expect(Math.abs(joined[200]! - joined[100]!)).toBeLessThan(0.1);
    expect(Math.abs(joined[300]! - joined[200]!)).toBeLessThan(0.1);
    expect(Math.max(...joined) - Math.min(...joined)).toBeLessThan(6);
  });

  test('solve the least squares that are said', () => {
    const joined = joinWindows(windows, read([0, 3, 1]));
    const offsets = offsetsOf(joined).map((offset, at) => offset - [0, 3, 1][at]!);
    const cost = ([a, b, c]: readonly number[]) =>
      (a! - b! - 3) ** 2 + (b! - c! + 2) ** 2 + 0.3 * (a! ** 2 + b! ** 2 + c! ** 2);
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
