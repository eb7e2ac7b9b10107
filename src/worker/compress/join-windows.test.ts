import { describe, expect, test } from 'vitest';
import { joinWindows } from './join-windows.js';

/** Three windows of 20 words each, 10 of them their core, over 30 words. */
const windows = [
  { read: [0, 15], core: [0, 10] },
  { read: [5, 25], core: [10, 20] },
  { read: [15, 30], core: [20, 30] },
] as const;
/** What each word is worth. */
const worth = Array.from({ length: 30 }, (_, word) => Math.sin(word));
const read = (offsets: readonly number[]) =>
  windows.map(({ read: range }, at) =>
    Float32Array.from(worth.slice(...range), (value) => value + offsets[at]!),
  );

test('a word has the logit of the window whose core holds it', () => {
  const logits = windows.map((window, at) =>
    Float32Array.from({ length: window.read[1] - window.read[0] }, (_, word) =>
      // Where two windows read the same words they agree on average.
      at === 1 && word >= 5 && word < 15 ? 7 : word % 2 === 0 ? 1 : -1,
    ),
  );
  const joined = joinWindows(windows.slice(0, 1), logits.slice(0, 1));
  expect([...joined]).toEqual([1, -1, 1, -1, 1, -1, 1, -1, 1, -1]);
});

describe('windows that differ on the words that both have read', () => {
  const steps = (logits: Float32Array) =>
    [10, 20].map((word) => logits[word]! - worth[word]! - (logits[word - 1]! - worth[word - 1]!));

  test('are brought nearer to each other', () => {
    const [first, second] = steps(joinWindows(windows, read([0, 3, 0])));
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(3 / 2);
    expect(second).toBeCloseTo(-first!, 5);
  });

  test('are left alone where they agree', () => {
    const joined = joinWindows(windows, read([2, 2, 2]));
    for (const [word, value] of worth.entries()) expect(joined[word]).toBeCloseTo(value + 2, 5);
  });

  test('solve the least squares that are said', () => {
    const joined = joinWindows(windows, read([0, 3, 1]));
    const offsets = [0, 10, 20].map((word, at) => joined[word]! - worth[word]! - [0, 3, 1][at]!);
    const cost = ([a, b, c]: readonly number[]) =>
      (a! - b! - 3) ** 2 + (b! - c! + 2) ** 2 + a! ** 2 + b! ** 2 + c! ** 2;
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
