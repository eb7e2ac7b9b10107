import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../cache/seeded-random.js';
import { toAtoms } from './atoms.js';
import { chooseAtoms } from './choose.js';
import { toText } from './join-atoms.js';
import type { ProtectedSpan } from './protect/span.js';
import { createProse } from './test-prose.js';
import { splitCode, splitText } from './text-units.js';
import { estimateTokens, loadTokenCounter } from './token-counting.js';
import type { CountTokens } from './token-counting.js';

type ChooseOptions = {
  readonly target: number;
  readonly scores?: (word: string, index: number) => number;
  readonly spans?: readonly ProtectedSpan[];
  readonly count?: CountTokens;
  readonly isCode?: boolean;
  readonly mayExceed?: boolean;
};

async function choose(text: string, options: ChooseOptions) {
  const { target, scores = () => 0, spans = [], count = estimateTokens, isCode = false } = options;
  const units = isCode ? splitCode(text) : splitText(text);
  const atoms = toAtoms({ units, spans, task: isCode ? 'code' : 'qa' });
  let checkpoints = 0;
  const choice = await chooseAtoms({
    text,
    atoms,
    scores: Float64Array.from(atoms, ({ start, end }, index) =>
      scores(text.slice(start, end), index),
    ),
    originalTokens: count(text),
    target,
    mayExceed: options.mayExceed ?? false,
    isCode,
    count,
    checkpoint: async () => {
      checkpoints += 1;
    },
  });
  return { choice, checkpoints, kept: choice && toText(text, choice.slices) };
}

/** A score for each place, by `seed`. */
function randomScores(seed: number) {
  const random = seededRandom(seed);
  return () => random() - 0.5;
}

const oneAWord: CountTokens = (text) => text.split(/\s+/).filter((word) => word !== '').length;

test('the best words are kept, in order', async () => {
  const scores = (word: string) => word.length;
  const { kept } = await choose('a bbb cc dddd e ff', { target: 3, scores, count: oneAWord });
  expect(kept).toBe('bbb cc dddd');
});

test('of equally good ones the first are kept', async () => {
  expect((await choose('a b c d', { target: 2, count: oneAWord })).kept).toBe('a b');
});

test('what does not fit is passed by, and less that fits is taken', async () => {
  const scores = (word: string) => -word.length;
  const letters: CountTokens = (text) => text.replaceAll(/\s/g, '').length;
  const { kept, choice } = await choose('ccc dddd ee fffff g', {
    target: 7,
    scores: (word) => -scores(word),
    count: letters,
  });
  expect(kept).toBe('ee fffff');
  expect(choice?.tokens).toBe(7);
});

test.each([
  ['nothing fits', 'aaaa bbbb', 3],
  ['there is nothing', '  ', 1],
])('where %s there is no choice', async (_what, text, target) => {
  const letters: CountTokens = (part) => part.replaceAll(/\s/g, '').length;
  expect((await choose(text, { target, count: letters })).choice).toBeUndefined();
});

describe('what is always kept', () => {
  const text = 'one two {"a": [1, 2, 3]} three four five six seven eight nine ten eleven';
  const spans = [{ start: 8, end: 24, kind: 'json', mode: 'keep' }] as const;

  test('counts', async () => {
    const { kept } = await choose(text, { target: 8, spans, count: oneAWord });
    expect(kept).toBe('one two {"a": [1, 2, 3]} three four');
  });

  test('leaves half the rate to the rest, where it takes the budget', async () => {
    const { kept, choice } = await choose(text, { target: 6, spans, count: oneAWord });
    expect(kept).toContain('{"a": [1, 2, 3]}');
    // 4 fixed ones, and of 11 others half of 6 / 15.
    expect(choice?.tokens).toBe(6);
    const poor = await choose(text, { target: 3, spans, count: oneAWord });
    expect(poor.choice?.tokens).toBe(5);
  });

  test('alone is no choice', async () => {
    const all = [{ start: 0, end: text.length, kind: 'keep-region', mode: 'keep' }] as const;
    expect((await choose(text, { target: 3, spans: all, count: oneAWord })).choice).toBeUndefined();
  });
});

test('a span of mode whole is kept or dropped as one', async () => {
  const text = 'it is not available in any of the shops';
  const spans = [{ start: 3, end: 19, kind: 'negation', mode: 'whole' }] as const;
  const scores = (word: string) => (word.includes('not') ? 1 : 0);
  const { kept } = await choose(text, { target: 4, spans, scores, count: oneAWord });
  expect(kept).toBe('it is not available');
  const fewer = await choose(text, { target: 2, spans, scores, count: oneAWord });
  expect(fewer.kept).toBe('it in');
});

test('code may come out longer, where that is nearer', async () => {
  const code = 'a = 1\nbbb = f(1, 2, 3, 4)\n';
  const scores = (statement: string) => statement.length;
  const letters: CountTokens = (part) => part.replaceAll(/\s/g, '').length;
  const longer = { target: 13, scores, count: letters, isCode: true };
  expect((await choose(code, { ...longer, mayExceed: true })).kept).toBe('bbb = f(1, 2, 3, 4)');
  expect((await choose(code, longer)).kept).toBe('a = 1');
});

describe.each(['estimate', 'exact'] as const)('by the counter %s', (counter) => {
  let count: CountTokens;
  beforeAll(async () => {
    count = await loadTokenCounter(counter);
  }, 60_000);

  test('texts of over 200 words come out at the budget to 1 %', async () => {
    const size = fc.integer({ min: 210, max: 1_200 });
    const ratio = fc.double({ min: 0.1, max: 0.95, noNaN: true });
    await fc.assert(
      fc.asyncProperty(size, ratio, fc.nat(9_999), async (words, keepRatio, seed) => {
        const text = createProse(words, seed);
        const originalTokens = count(text);
        const target = Math.round(keepRatio * originalTokens);
        const { choice, kept } = await choose(text, { target, scores: randomScores(seed), count });
        expect(count(kept ?? '')).toBe(choice?.tokens);
        expect(choice?.tokens).toBeLessThanOrEqual(target);
        expect(target - (choice?.tokens ?? 0)).toBeLessThanOrEqual(0.01 * target);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  test('the same input makes the same choice', async () => {
    const text = createProse(400, 5);
    const options = { target: 200, count };
    const twice = [0, 0].map(async () => choose(text, { ...options, scores: randomScores(3) }));
    const [first, second] = await Promise.all(twice);
    expect(second?.choice).toEqual(first?.choice);
  });
});

test('20,000 words need few counts of the whole, and let others in', async () => {
  const text = createProse(20_000, 3);
  let wholeCounts = 0;
  const count: CountTokens = (part) => {
    if (part.length > 1_000) wholeCounts += 1;
    return estimateTokens(part);
  };
  const target = Math.round(estimateTokens(text) / 3);
  const { choice, checkpoints } = await choose(text, { target, scores: randomScores(1), count });
  expect(wholeCounts).toBeLessThanOrEqual(10);
  expect(checkpoints).toBeGreaterThan(30);
  expect(Math.abs((choice?.tokens ?? 0) - target)).toBeLessThan(0.002 * target);
}, 60_000);
