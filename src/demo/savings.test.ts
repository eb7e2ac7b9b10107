import { expect, test } from 'vitest';
import type { CacheHit } from '../shared/decision.js';
import type { StoredResponse } from '../shared/prompt-request.js';
import {
  addTally,
  noSavings,
  noTotals,
  type Tally,
  toHitRate,
  toMoney,
  toSavings,
  toTokens,
} from './savings.js';

const savings = { promptTokens: 10, completionTokens: 30, ms: 900 };

function createHit(response: Partial<StoredResponse>): CacheHit {
  return {
    kind: 'hit',
    tier: 'exact',
    key: 'k',
    response: { text: 'A.', model: 'faq', ...response },
    similarity: 1,
    risk: 0,
    matchedPrompt: 'Q?',
    ageMs: 5,
    lookupMs: 1,
  };
}

function createTally(part: Partial<Tally>): Tally {
  return { source: 'exact', savings, isWrong: false, ...part };
}

test('a hit spares its tokens, and the time of the first answer less its own', () => {
  const hit = createHit({ usage: { promptTokens: 10, completionTokens: 30 }, latencyMs: 1_000 });
  expect(toSavings(hit, 100)).toEqual(savings);
});

test('unknown usage spares nothing, and a slow hit does not spare less than nothing', () => {
  expect(toSavings(createHit({}), 100)).toEqual(noSavings);
  expect(toSavings(createHit({ latencyMs: 20 }), 100).ms).toBe(0);
});

test('totals add up hits and misses', () => {
  const totals = [
    createTally({}),
    createTally({ source: 'semantic' }),
    createTally({ source: 'model', savings: noSavings }),
  ].reduce(addTally, noTotals);
  expect(totals).toEqual({
    promptTokens: 20,
    completionTokens: 60,
    ms: 1_800,
    exactHits: 1,
    semanticHits: 1,
    modelAnswers: 1,
    wrongHits: 0,
  });
  expect(toHitRate(totals)).toBeCloseTo(2 / 3);
});

test('a hit that was wrong is counted and spares nothing', () => {
  const totals = addTally(noTotals, createTally({ source: 'semantic', isWrong: true }));
  expect(totals).toMatchObject({ ...noSavings, semanticHits: 1, wrongHits: 1 });
});

test('the hit rate before the first answer is 0', () => {
  expect(toHitRate(noTotals)).toBe(0);
});

test('money follows the prices per million of either kind of token', () => {
  expect(toTokens(savings)).toBe(40);
  expect(toMoney(savings, { inputPerMillion: 2, outputPerMillion: 10 })).toBeCloseTo(0.00032, 10);
});
