import { expect, test } from 'vitest';
import { noSavings } from '../shared/savings.js';
import type { ShadowComparison } from '../shared/shadow.js';
import { addTally } from './cache/tally-store.js';
import type { Tally } from './cache/tally-store.js';
import { toShadowChange, toShadowStats } from './shadow-counts.js';

const saving = { ...noSavings, callsAvoided: 1, usd: 2 };
const comparison: ShadowComparison = {
  key: 'k',
  tier: 'semantic',
  wouldServe: true,
  verdict: 'agree',
  similarity: 0.95,
  risk: 0.015,
};

/** What is told after these comparisons. */
function read(comparisons: readonly Partial<ShadowComparison>[]) {
  const stored: Record<'exact' | 'semantic' | 'saved', Tally> = {
    exact: {},
    semantic: {},
    saved: {},
  };
  for (const change of comparisons) {
    const { tier, counts, saved } = toShadowChange({ ...comparison, ...change }, saving);
    stored[tier] = addTally(stored[tier], counts);
    stored.saved = addTally(stored.saved, saved ?? {});
  }
  return toShadowStats(stored);
}

test('other wordings and exact repeats are counted apart, each with its rate', () => {
  const stats = read([
    ...Array.from({ length: 8 }, () => ({})),
    { verdict: 'differ' },
    { verdict: 'differ' },
    { verdict: 'undecided' },
    { tier: 'exact', risk: 0 },
  ]);
  expect(stats).toMatchObject({ compared: 11, agreed: 8, differed: 2, undecided: 1 });
  expect(stats.wrongHitRate?.rate).toBe(0.2);
  expect(stats.wrongHitRate?.low).toBeCloseTo(0.02521073, 6); // from SciPy
  expect(stats.wrongHitRate?.high).toBeCloseTo(0.5560955, 6);
  expect(stats.exact).toMatchObject({ compared: 1, agreed: 1, wrongHitRate: { rate: 0, low: 0 } });
});

test('all would have been saved but what differed in another wording', () => {
  const { wouldHaveSaved } = read([
    {},
    { verdict: 'differ' },
    { verdict: 'undecided' },
    { verdict: 'differ', tier: 'exact' },
    { wouldServe: false },
  ]);
  expect(wouldHaveSaved).toMatchObject({ callsAvoided: 3, usd: 6 });
});

test('other wordings are told by their risk, served or not', () => {
  const { compared, byRisk } = read([
    { risk: 0.01 },
    { risk: 0.0101 },
    { risk: 0.3, wouldServe: false, verdict: 'differ' },
    { risk: 1, wouldServe: false, verdict: 'undecided' },
  ]);
  expect(compared).toBe(2);
  expect(byRisk.map((part) => [part.maxRisk, part.compared])).toEqual([
    [0.01, 1],
    [0.02, 1],
    [0.05, 0],
    [0.1, 0],
    [0.2, 0],
    [0.5, 1],
    [1, 1],
  ]);
  expect(byRisk[5]?.wrongHitRate?.rate).toBe(1);
});

test('without a comparison that was decided there is no rate', () => {
  expect(read([])).toMatchObject({ compared: 0, exact: { compared: 0 } });
  expect(read([{ verdict: 'undecided' }])).not.toHaveProperty('wrongHitRate');
});
