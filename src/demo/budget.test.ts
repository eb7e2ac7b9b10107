import { expect, test } from 'vitest';
import shippedManifest from '../../public/models/skimp-same-response/manifest.json?raw';
import { isServedAt, toBudgets, toSmallestBudget } from './budget.js';

const manifest = {
  calibration: { maxRiskByErrorRate: { '0.1': 0.6, '0.005': 0, '0.01': 0.02, '0.05': 0.3 } },
};
const budgets = toBudgets(manifest);

test('budgets are in order, and the first one serves exact repeats only', () => {
  expect(budgets).toEqual([
    { maxErrorRate: 0, maxRisk: 0 },
    { maxErrorRate: 0.005, maxRisk: 0 },
    { maxErrorRate: 0.01, maxRisk: 0.02 },
    { maxErrorRate: 0.05, maxRisk: 0.3 },
    { maxErrorRate: 0.1, maxRisk: 0.6 },
  ]);
});

test('the smallest budget is the first whose threshold the risk meets', () => {
  expect(toSmallestBudget(0.02, budgets)?.maxErrorRate).toBe(0.01);
  expect(toSmallestBudget(0.021, budgets)?.maxErrorRate).toBe(0.05);
  expect(toSmallestBudget(0, budgets)?.maxErrorRate).toBe(0.01);
  expect(toSmallestBudget(0.7, budgets)).toBeUndefined();
});

test('a risk of 1, where nothing is known, is never served', () => {
  expect(isServedAt({ maxErrorRate: 1, maxRisk: 1 }, 1)).toBe(false);
});

test.each([undefined, {}, { calibration: { maxRiskByErrorRate: 'x' } }, { calibration: null }])(
  'without a calibration (%j) only exact repeats are served',
  (value) => {
    expect(toBudgets(value)).toEqual([{ maxErrorRate: 0, maxRisk: 0 }]);
  },
);

test('the shipped calibration serves other wordings at the demo’s budget', () => {
  const shipped = toBudgets(JSON.parse(shippedManifest));
  expect(shipped.find(({ maxErrorRate }) => maxErrorRate === 0.05)?.maxRisk).toBeGreaterThan(0);
});
