import { expect, test } from 'vitest';
import { createJudge, isServable } from './judge.js';
import type { PairFeatures } from './pair-features.js';

/** The risk is `sigmoid(-logit)` of the verifier alone. */
const riskModel = { bias: 0, weights: { verifier: 1 }, maxRiskByErrorRate: {} };
const features: PairFeatures = { similarity: 1, length: 1, lengthGap: 0, guards: [] };
const withGuard = (veto: boolean): PairFeatures => ({
  ...features,
  guards: [{ guard: 'numbers', detail: '1 / 2', veto }],
});

test('a pair is served at the threshold, and not above it', () => {
  const risk = 1 / (1 + Math.exp(2));
  expect(isServable(createJudge(riskModel, risk).judge(features, 2))).toBe(true);
  expect(isServable(createJudge(riskModel, risk - 1e-9).judge(features, 2))).toBe(false);
});

test('before the verifier, a judgement is the best that it can come to, and not final', () => {
  const judge = createJudge(riskModel, 0.1);
  const estimate = judge.estimate(features);
  expect(estimate).toMatchObject({ isFinal: false, isSafe: true });
  expect(estimate.verifier).toBeUndefined();
  expect(estimate.risk).toBe(judge.judge(features, 8).risk);
});

test('the verifier is told as a probability, unclamped', () => {
  expect(createJudge(riskModel, 0.1).judge(features, 12).verifier).toBe(1 / (1 + Math.exp(-12)));
});

test('a guard that is certain refuses whatever the risk, any other only where it has a weight', () => {
  const judge = createJudge(riskModel, 0.1);
  expect(isServable(judge.judge(withGuard(true), 8))).toBe(false);
  expect(isServable(judge.judge(withGuard(false), 8))).toBe(true);
});

test('a pair that the verifier cannot read has risk 1 and is never served', () => {
  const judgement = createJudge(riskModel, 1).judge(features, undefined);
  expect(judgement).toMatchObject({ risk: 1, isFinal: true });
  expect(isServable(judgement)).toBe(false);
});

test('a threshold of 0 serves nothing, not even what has no risk', () => {
  const certain = { bias: 1_000, weights: {}, maxRiskByErrorRate: {} };
  const judgement = createJudge(certain, 0).judge(features, 8);
  expect(judgement.risk).toBe(0);
  expect(isServable(judgement)).toBe(false);
});
