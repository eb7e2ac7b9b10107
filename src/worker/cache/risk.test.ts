import { expect, test } from 'vitest';
import { toBudgetWarning, toMaxRisk, toRisk } from './risk.js';

const model = { lambda: 0.1, c: 8, maxRiskByErrorRate: { '0.01': 0.05, '0.1': 0.3 } };

test('the risk is one minus the sigmoid of the scaled similarity', () => {
  expect(toRisk(0.8, model)).toBeCloseTo(0.5, 12);
  expect(toRisk(1, model)).toBeCloseTo(1 - 1 / (1 + Math.exp(-2)), 12);
  expect(toRisk(-1, model)).toBeCloseTo(1, 6);
});

test('a similarity that is no number is never safe', () => {
  expect(toRisk(Number.NaN, model)).toBe(1);
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
