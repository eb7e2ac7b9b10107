import { expect, test } from 'vitest';
import type { CacheHit } from '../shared/decision.js';
import { createSessionCounts } from './session-counts.js';

const hit: CacheHit = {
  kind: 'hit',
  tier: 'exact',
  key: 'k',
  similarity: 1,
  risk: 0,
  matchedPrompt: 'p',
  ageMs: 0,
  lookupMs: 5,
  response: {
    text: 't',
    model: 'm',
    usage: { promptTokens: 10, completionTokens: 20 },
    latencyMs: 800,
  },
};

test('a hit saves its tokens, and its time less that of the lookup', () => {
  const counts = createSessionCounts();
  counts.countLookup(hit);
  counts.countLookup({ ...hit, tier: 'semantic' });
  counts.countLookup({ kind: 'miss', reason: 'risk', lookupMs: 9 });
  expect(counts.read()).toMatchObject({
    exactHits: 1,
    semanticHits: 1,
    misses: 1,
    savedTokens: { prompt: 20, completion: 40 },
    savedMs: 1_590,
  });
});

test('a hit that took longer than the answer once did saves no time', () => {
  const counts = createSessionCounts();
  counts.countLookup({ ...hit, lookupMs: 900 });
  expect(counts.read().savedMs).toBe(0);
});

test('an answer without token counts or time saves none that is known', () => {
  const counts = createSessionCounts();
  counts.countLookup({ ...hit, response: { text: 't', model: 'm' } });
  expect(counts.read()).toMatchObject({ savedTokens: { prompt: 0, completion: 0 }, savedMs: 0 });
});

test('what the app says of hits is counted by what it says', () => {
  const counts = createSessionCounts();
  counts.countGoodHit();
  counts.countGoodHit();
  counts.countWrongHit();
  expect(counts.read()).toMatchObject({ goodHits: 2, wrongHits: 1 });
});
