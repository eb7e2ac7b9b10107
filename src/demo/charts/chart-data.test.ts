import { expect, test } from 'vitest';
import type { Exchange } from '../exchange.js';
import type { Outcome } from '../outcome.js';
import {
  toAnswers,
  toBins,
  toJudged,
  toMedian,
  toSavingsOverTime,
  type Judged,
} from './chart-data.js';
import { toSamplePrompts } from './sample-prompts.js';

const response = {
  text: 'a',
  model: 'm',
  usage: { promptTokens: 10, completionTokens: 5 },
  latencyMs: 2_100,
};
const near = { similarity: 0.9, risk: 0.02, matchedPrompt: 'q', ageMs: 0 };
const semantic: Outcome = {
  kind: 'hit',
  hit: { ...near, kind: 'hit', tier: 'semantic', key: 'k', response, lookupMs: 1 },
};
const exact: Outcome = {
  kind: 'hit',
  hit: { ...semantic.hit, tier: 'exact', similarity: 1, risk: 0 },
};
const refused: Outcome = {
  kind: 'miss',
  miss: { kind: 'miss', reason: 'risk', nearest: { ...near, risk: 0.6 }, lookupMs: 1 },
};
const vetoed: Outcome = {
  kind: 'miss',
  miss: { kind: 'miss', reason: 'guard', nearest: { ...near, similarity: 0.99 }, lookupMs: 1 },
};
const missed: Outcome = {
  kind: 'miss',
  miss: { kind: 'miss', reason: 'no-candidate', lookupMs: 1 },
};

function toExchange(id: number, outcome: Outcome, part: Partial<Exchange> = {}): Exchange {
  return {
    id,
    kind: 'ask',
    question: `q${id}`,
    answer: 'a',
    phase: 'done',
    outcome,
    elapsedMs: 100,
    endedAtMs: 1_000 * id,
    maxErrorRate: 0.05,
    isWrong: false,
    ...part,
  };
}

test('look-ups and what failed are no answers', () => {
  const answers = toAnswers([
    toExchange(1, missed),
    toExchange(2, semantic, { kind: 'look-up' }),
    toExchange(3, semantic, { phase: 'stopped' }),
    toExchange(4, exact),
  ]);
  expect(answers.map(({ number, source }) => [number, source])).toEqual([
    [1, 'model'],
    [2, 'exact'],
  ]);
});

test('savings add up over time, and a hit called wrong saved nothing', () => {
  const answers = toAnswers([
    toExchange(1, missed, { elapsedMs: 1_000 }),
    toExchange(2, semantic),
    toExchange(3, exact, { isWrong: true }),
    toExchange(4, exact),
  ]);
  expect(toSavingsOverTime(answers)).toEqual([
    { seconds: 0, tokens: 0, savedSeconds: 0 },
    { seconds: 1, tokens: 0, savedSeconds: 0 },
    { seconds: 2, tokens: 15, savedSeconds: 2 },
    { seconds: 3, tokens: 15, savedSeconds: 2 },
    { seconds: 4, tokens: 30, savedSeconds: 4 },
  ]);
  expect(toSavingsOverTime([])).toEqual([]);
});

test('decisions are those between two wordings, looked-up ones included', () => {
  const judged = toJudged([
    toExchange(1, missed),
    toExchange(2, exact),
    toExchange(3, semantic, { kind: 'look-up' }),
    toExchange(4, refused),
    toExchange(5, vetoed),
  ]);
  expect(judged).toEqual([
    { similarity: 0.9, risk: 0.02, isServed: true },
    { similarity: 0.9, risk: 0.6, isServed: false },
    { similarity: 0.99, risk: 1, isServed: false },
  ]);
});

test('bins count every decision once, those beyond the ends at the ends', () => {
  const judged: Judged[] = [-1, 0, 0.3, 0.7, 1, 2].map((similarity) => ({
    similarity,
    risk: 0,
    isServed: similarity >= 0.7,
  }));
  const bins = toBins(judged, { from: 0, to: 1, count: 10, value: (one) => one.similarity });
  expect(bins.map(({ refused: count }) => count)).toEqual([2, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  expect(bins.map(({ served: count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 2]);
});

test('the median of none is none, of two their mean', () => {
  expect(toMedian([])).toBeUndefined();
  expect(toMedian([3, 1, 2])).toBe(2);
  expect(toMedian([4, 1])).toBe(2.5);
});

test('the dozen of the sample has repeats and other wordings in it', () => {
  const prompts = toSamplePrompts();
  expect(prompts).toHaveLength(12);
  expect(new Set(prompts).size).toBeLessThan(12);
});
