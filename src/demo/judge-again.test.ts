import { expect, test } from 'vitest';
import { createFakeOptimizer } from '../client/fake-optimizer.js';
import type { Optimizer } from '../client/optimizer.js';
import type { Candidate, LookupResult, PromptComparison } from '../shared/decision.js';
import type { Exchange } from './exchange.js';
import { foresee, judgeAgain, toBudgetText } from './judge-again.js';
import type { Outcome } from './outcome.js';

const request = { query: 'lost my password', model: 'm', context: [], params: {} };
const near: Candidate = {
  similarity: 0.9,
  risk: 0.02,
  verifier: 0.97,
  matchedPrompt: 'reset password',
  ageMs: 0,
};
const response = { text: 'Click here.', model: 'm' };
const semantic: LookupResult = {
  ...near,
  kind: 'hit',
  tier: 'semantic',
  key: 'k',
  response,
  lookupMs: 1,
};
const exact: LookupResult = { ...semantic, tier: 'exact', similarity: 1, risk: 0 };
const missed: LookupResult = { kind: 'miss', reason: 'risk', nearest: near, lookupMs: 1 };
const budgets = [
  { maxErrorRate: 0, maxRisk: 0 },
  { maxErrorRate: 0.01, maxRisk: 0.01 },
  { maxErrorRate: 0.05, maxRisk: 0.3 },
];

function toExchange(result: LookupResult, maxErrorRate = 0.05): Exchange {
  const outcome: Outcome =
    result.kind === 'hit' ? { kind: 'hit', hit: result } : { kind: 'miss', miss: result };
  const asked = { id: 1, kind: 'ask', question: request.query, answer: '', phase: 'done' } as const;
  return { ...asked, request, outcome, maxErrorRate, isWrong: false };
}

/** One that answers as told, and notes what it was asked. */
function createOptimizer(result: LookupResult, comparison?: Partial<PromptComparison>) {
  const calls: string[] = [];
  const optimizer: Optimizer = {
    ...createFakeOptimizer(),
    lookup: async () => {
      calls.push('lookup');
      return result;
    },
    compare: async (first, second) => {
      calls.push(`compare ${first} / ${second}`);
      return { guards: [], risk: 0.4, served: false, verifier: 0.5, ...comparison };
    },
  };
  return { optimizer, calls };
}

test('at the budget that it was asked with, nothing is looked up again', async () => {
  const { optimizer, calls } = createOptimizer(missed);
  const verdict = await judgeAgain(optimizer, toExchange(semantic), 0.05);
  expect(verdict).toMatchObject({ kind: 'semantic', risk: 0.02, verifier: 0.97 });
  expect(calls).toEqual([]);
});

test('at another budget it is looked up', async () => {
  const { optimizer, calls } = createOptimizer(missed);
  const verdict = await judgeAgain(optimizer, toExchange(semantic), 0.01);
  expect(verdict).toMatchObject({ kind: 'miss', maxErrorRate: 0.01, risk: 0.02 });
  expect(calls).toEqual(['lookup']);
});

test('a risk that the verifier was not asked for is asked for', async () => {
  const { verifier: _verifier, ...unread } = near;
  const { optimizer, calls } = createOptimizer({ ...missed, nearest: unread });
  const verdict = await judgeAgain(optimizer, toExchange(semantic), 0.01);
  expect(verdict).toMatchObject({ kind: 'miss', risk: 0.4, verifier: 0.5 });
  expect(calls).toEqual(['lookup', 'compare reset password / lost my password']);
});

test('an answer of its own, stored since, does not hide the pair that was judged', async () => {
  const { optimizer } = createOptimizer(exact, { risk: 0.02, served: true });
  const verdict = await judgeAgain(optimizer, toExchange(missed, 0.01), 0.05);
  expect(verdict).toMatchObject({ kind: 'semantic', matchedPrompt: 'reset password' });
});

test('an exact repeat is served at every budget', async () => {
  const { optimizer } = createOptimizer(exact);
  const verdict = await judgeAgain(optimizer, toExchange(exact), 0);
  expect(verdict.kind).toBe('exact');
  expect(toBudgetText(verdict, budgets)).toContain('every budget');
});

test('a guard that is certain refuses at every budget, and says why', async () => {
  const guard = { guard: 'numbers', detail: '2022 / 2024', veto: true } as const;
  const guarded: LookupResult = { ...missed, reason: 'guard', nearest: { ...near, guard } };
  const { optimizer } = createOptimizer(guarded, { guards: [guard], risk: 1 });
  const verdict = await judgeAgain(optimizer, toExchange(guarded), 0.05);
  expect(verdict.kind).toBe('guard');
  expect(toBudgetText(verdict, budgets)).toContain('2022 / 2024');
});

test('what has nothing to be compared with has no budget', async () => {
  const alone: LookupResult = { kind: 'miss', reason: 'no-candidate', lookupMs: 1 };
  const { optimizer } = createOptimizer(alone);
  const verdict = await judgeAgain(optimizer, toExchange(alone), 0.05);
  expect(toBudgetText(verdict, budgets)).toContain('nothing stored is like it');
});

test('the smallest budget is told, and foreseen while skimp starts anew', async () => {
  const { optimizer } = createOptimizer(semantic);
  const verdict = await judgeAgain(optimizer, toExchange(semantic), 0.05);
  expect(toBudgetText(verdict, budgets)).toContain('from a budget of 5 %');
  expect(foresee(verdict, { maxErrorRate: 0.01, maxRisk: 0.01 }).kind).toBe('miss');
  expect(foresee(verdict, { maxErrorRate: 0.05, maxRisk: 0.3 }).kind).toBe('semantic');
});
