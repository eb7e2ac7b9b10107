import { describe, expect, test } from 'vitest';
import type { PairFeatures } from './pair-features.js';
import { toBudgetWarning, toLowestRisk, toMaxRisk, toRisk } from './risk.js';
import type { RiskModel } from './risk.js';

const model: RiskModel = {
  bias: -8,
  weights: { similarity: 9, verifier: 0.5, length: -0.1, lengthGap: -0.4, 'guard:names': -2 },
  maxRiskByErrorRate: { '0.01': 0.05, '0.1': 0.3 },
};
const features: PairFeatures = { similarity: 0.9, length: 2, lengthGap: 0.5, guards: [] };
const toLogit = (risk: number) => Math.log((1 - risk) / risk);

describe('the risk', () => {
  test('is that of the logistic model over all features, worked out by hand', () => {
    // -8 + 9 * 0.9 + 0.5 * 3 - 0.1 * 2 - 0.4 * 0.5 = 1.2
    expect(toLogit(toRisk(features, 3, model))).toBeCloseTo(1.2, 10);
  });

  test('counts a guard that spoke, whether it vetoes or not, and none without a weight', () => {
    const guards = [
      { guard: 'names', detail: 'a / b', veto: false },
      { guard: 'dates', detail: 'c / d', veto: true },
    ] as const;
    expect(toLogit(toRisk({ ...features, guards }, 3, model))).toBeCloseTo(-0.8, 10);
  });

  test.each([
    [100, 8],
    [-100, -8],
  ])('takes a verifier logit of %d for %d', (said, counted) => {
    expect(toRisk(features, said, model)).toBe(toRisk(features, counted, model));
  });

  test('is 1 when a feature is no number', () => {
    expect(toRisk({ ...features, similarity: Number.NaN }, 3, model)).toBe(1);
    expect(toRisk(features, Number.NaN, model)).toBe(1);
  });
});

test('no verifier can bring the risk below the lowest that was told before', () => {
  for (const verifier of [0.5, 0, -0.5]) {
    const riskModel = { ...model, weights: { ...model.weights, verifier } };
    const lowest = toLowestRisk(features, riskModel);
    const risks = [-99, -8, -1, 0, 1, 8, 99].map((logit) => toRisk(features, logit, riskModel));
    expect(Math.min(...risks)).toBe(lowest);
  }
});

test.each([
  [0.1, 0.3],
  [0.5, 0.3],
  [0.05, 0.05],
  [0.01, 0.05],
  [0.005, 0],
  [0, 0],
])('an error budget of %d serves up to a risk of %d', (maxErrorRate, maxRisk) => {
  expect(toMaxRisk(maxErrorRate, model)).toBe(maxRisk);
});

test('a budget that lets nothing through is told, with the lowest that does', () => {
  expect(toBudgetWarning(0.1, model)).toBeUndefined();
  expect(toBudgetWarning(0.005, model)).toContain('other wordings from 0.01 on');
  const uncalibrated = { ...model, maxRiskByErrorRate: { '0.1': 0 } };
  expect(toBudgetWarning(0.1, uncalibrated)).toContain('other wordings at no rate');
});
