import { expect, test } from 'vitest';
import type { CacheHit, CacheMiss } from '../shared/decision.js';
import { createShadowLookups } from './shadow-lookups.js';

const candidate = { similarity: 0.9, risk: 0.02, verifier: 0.98, matchedPrompt: 'p', ageMs: 5 };
const hit: CacheHit = {
  kind: 'hit',
  tier: 'semantic',
  key: 'entry that answered',
  response: { text: 'earlier', model: 'm' },
  lookupMs: 3,
  ...candidate,
};
const miss: CacheMiss = { kind: 'miss', reason: 'risk', key: 'k', nearest: candidate, lookupMs: 3 };

test('a hit becomes a miss with the key that the fresh answer will have', () => {
  expect(createShadowLookups().withhold('k', hit)).toEqual({
    kind: 'miss',
    reason: 'shadow',
    detail: 'semantic',
    key: 'k',
    nearest: candidate,
    lookupMs: 3,
  });
});

test('what was found is taken once for each lookup, the newest first', () => {
  const lookups = createShadowLookups();
  lookups.withhold('k', hit);
  lookups.withhold('k', { ...hit, tier: 'exact' });
  expect(lookups.take('entry that answered')).toBeUndefined();
  expect(lookups.take('k')).toMatchObject({ tier: 'exact', wouldServe: true, answer: 'earlier' });
  expect(lookups.take('k')).toMatchObject({ tier: 'semantic' });
  expect(lookups.take('k')).toBeUndefined();
});

test('a prompt that was refused is remembered, too, and a lookup that found none is not', () => {
  const lookups = createShadowLookups();
  expect(lookups.withhold('k', miss)).toBe(miss);
  expect(lookups.take('k')).toMatchObject({ tier: 'semantic', wouldServe: false, candidate });
  lookups.withhold('k', { kind: 'miss', reason: 'no-candidate', key: 'k', lookupMs: 3 });
  expect(lookups.take('k')).toBeUndefined();
});

test('lookups whose answers never come are forgotten', () => {
  const lookups = createShadowLookups();
  for (let at = 0; at < 300; at += 1) lookups.withhold(`k${at}`, hit);
  expect(lookups.take('k99')).toBeUndefined();
  expect(lookups.take('k100')).toBeDefined();
});
