import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { joinWindows } from './join-windows.js';
import { createProse } from './test-prose.js';
import { splitCode, splitText } from './text-units.js';
import { planWindows } from './windows.js';
import type { CompressionWindow } from './windows.js';

const CAPACITY = 270;
/** Windows of a text whose words have 1 to 3 tokens, by their letters. */
function plan(text: string, capacity = CAPACITY) {
  const units = splitText(text);
  const lengths = units.words.map(([start, end]) => 1 + ((end - start) % 3));
  return { units, lengths, windows: planWindows({ text, units, lengths, capacity }) };
}

type GoldenRow = {
  readonly kind: 'text' | 'code';
  readonly text: string;
  readonly capacity: number;
  readonly windows: readonly CompressionWindow[];
  /** Of made-up logits, in which the windows differ. */
  readonly joined: readonly number[];
};

const golden = JSON.parse(
  readFileSync(new URL('windows.golden.json', import.meta.url), 'utf8'),
) as readonly GoldenRow[]; // the training's tests read it too
const splits = { text: splitText, code: splitCode };

test.each(golden)('plans and joins as the training does: $kind $#', (row) => {
  const { kind, text, capacity, windows, joined } = row;
  const units = splits[kind](text);
  const lengths = units.words.map(([start, end]) => 1 + ((end - start) % 3));
  expect(planWindows({ text, units, lengths, capacity })).toEqual(windows);
  const logits = windows.map(({ read: [first, last] }, at) =>
    Float32Array.from({ length: last - first }, (_, word) => {
      return Math.sin((first + word) * 0.7 + at) + 0.3 * at;
    }),
  );
  for (const [word, value] of joinWindows(windows, logits).entries()) {
    expect(value).toBeCloseTo(joined[word]!, 2);
  }
});

const tokensOf = (lengths: readonly number[], [first, last]: CompressionWindow['read']) =>
  lengths.slice(first, last).reduce((sum, length) => sum + length, 0);

test('a text that fits is one window', () => {
  const { windows, units } = plan(createProse(100));
  const all = [0, units.words.length];
  expect(windows).toEqual([{ read: all, core: all }]);
});

test('nothing has no windows', () => {
  expect(plan(' \n').windows).toEqual([]);
});

test('cores hold every word once, and no window more than it can', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 16 }), { minLength: 1, maxLength: 900 });
  fc.assert(
    fc.property(lengths, fc.integer({ min: 40, max: 300 }), fc.nat(), (sizes, capacity, seed) => {
      const text = createProse(sizes.length, seed);
      const units = splitText(text);
      const windows = planWindows({ text, units, lengths: sizes, capacity });
      let next = 0;
      for (const { core, read } of windows) {
        expect(core[0]).toBe(next);
        expect(core[1]).toBeGreaterThan(core[0]);
        expect(read[0]).toBeLessThanOrEqual(core[0]);
        expect(read[1]).toBeGreaterThanOrEqual(core[1]);
        expect(tokensOf(sizes, read)).toBeLessThanOrEqual(capacity);
        [, next] = core;
      }
      expect(next).toBe(units.words.length);
    }),
    { numRuns: 60 },
  );
});

test('a core ends where a sentence begins, and as much is read on both sides', () => {
  const { windows, units, lengths } = plan(createProse(2_000));
  expect(windows.length).toBeGreaterThan(5);
  for (const { core, read } of windows.slice(1, -1)) {
    expect(units.sentences).toContain(core[1]);
    const before = tokensOf(lengths, [read[0], core[0]]);
    const after = tokensOf(lengths, [core[1], read[1]]);
    expect(Math.abs(before - after)).toBeLessThanOrEqual(4);
    const isFilled = tokensOf(lengths, read) > CAPACITY - 6;
    expect(isFilled || before > 0.25 * CAPACITY - 4).toBe(true);
  }
});

test('what one side has no use for, the other has, up to a quarter of a window', () => {
  const { windows, lengths } = plan(createProse(2_000));
  const [first, last] = [windows[0]!, windows.at(-1)!];
  const after = tokensOf(lengths, [first.core[1], first.read[1]]);
  const before = tokensOf(lengths, [last.read[0], last.core[0]]);
  for (const [context, { core }] of [[after, first] as const, [before, last] as const]) {
    const room = Math.min(0.25 * CAPACITY, CAPACITY - tokensOf(lengths, core));
    expect(context).toBeLessThanOrEqual(room);
    expect(context).toBeGreaterThan(room - 4);
  }
});

describe('without sentences', () => {
  const text = 'and then a word, '.repeat(300).trim();
  const read = splitText(text);
  const planUnits = (phrases: readonly number[]) =>
    planWindows({
      text,
      units: { ...read, sentences: [0], phrases },
      lengths: read.words.map(() => 1),
      capacity: CAPACITY,
    });

  test('cores are of about one length, and end before phrases', () => {
    const windows = planUnits(read.phrases);
    expect(windows.length).toBeLessThanOrEqual(Math.ceil(read.words.length / (0.85 * CAPACITY)));
    for (const { core } of windows) {
      expect([...read.phrases, read.words.length]).toContain(core[1]);
      expect(core[1] - core[0]).toBeGreaterThan(0.7 * CAPACITY);
    }
  });

  test('or else between two words', () => {
    const [first] = planUnits([0]);
    expect(first?.core).toEqual([0, 200]);
  });
});

test.each([1, 2, 3, 4, 5, 6])('a shift by 50 words moves the first seams only (%d)', (seed) => {
  const text = createProse(3_000, seed);
  const head = createProse(50, seed + 100);
  const seams = (windows: readonly CompressionWindow[], shift: number) =>
    windows.map(({ core }) => core[1] - shift);
  const plain = seams(plan(text).windows, 0);
  const shifted = new Set(seams(plan(`${head} ${text}`).windows, 50));
  const moved = plain.filter((seam) => !shifted.has(seam));
  expect(moved.length).toBeLessThanOrEqual(3);
  expect(plain.slice(3).every((seam) => shifted.has(seam))).toBe(true);
});

test('windows are not many more than are needed', () => {
  const { windows, lengths } = plan(createProse(20_000));
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  expect(tokens / windows.length).toBeGreaterThan(0.58 * CAPACITY);
});

test('200,000 words are planned in well under a second', () => {
  const text = createProse(200_000);
  const units = splitText(text);
  const lengths = new Uint8Array(units.words.length).fill(1);
  const startedAt = performance.now();
  const windows = planWindows({ text, units, lengths, capacity: CAPACITY });
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(windows.length).toBeGreaterThan(500);
});
