import { expect, test } from 'vitest';
import type { PairFeatures } from '../cache/pair-features.js';
import { toBudgetWarning, toMaxRisk, toRisk } from '../cache/risk.js';
import { findCalibrationProblem, toCalibration } from './app-calibration.js';

const calibration = toCalibration({ minSimilarityByErrorRate: { 0.01: 0.97, 0.05: 0.93 } });

/** Whether a pair is served at a budget. */
function isServed(maxErrorRate: number, features: Partial<PairFeatures>): boolean {
  const pair = { similarity: 1, length: 2, lengthGap: 0, guards: [], ...features };
  return toRisk(pair, 0, calibration) <= toMaxRisk(maxErrorRate, calibration);
}

test.each([
  [0.01, 0.97, true],
  [0.01, 0.9699, false],
  [0.049, 0.9699, false],
  [0.05, 0.93, true],
  [0.05, 0.9299, false],
  [0.5, 0.9299, false],
  [0.009, 1, false],
])('at %d a similarity of %d is served: %s', (maxErrorRate, similarity, served) => {
  expect(isServed(maxErrorRate, { similarity })).toBe(served);
});

test('at the strictest point the risk is its share of wrong hits', () => {
  const pair = { similarity: 0.97, length: 2, lengthGap: 0, guards: [] };
  expect(toRisk(pair, 0, calibration)).toBeCloseTo(0.01, 9);
});

test('what any guard objects to is not served, certain or not', () => {
  const guards = [{ guard: 'numbers', detail: '1 / 2', veto: false }] as const;
  expect(isServed(0.5, { guards })).toBe(false);
});

test('without a calibration nothing is served, and that is told', () => {
  const none = toCalibration(undefined);
  expect(toMaxRisk(1, none)).toBe(0);
  expect(toBudgetWarning(1, none)).toContain('no calibration');
});

test.each([[{ 0.01: 0.97 }], [{ 0.01: 0.97, 0.05: 0.97 }], [{ 0.1: 0.5, 0.001: 1 }]])(
  'accepts %o',
  (minSimilarityByErrorRate) => {
    expect(findCalibrationProblem({ minSimilarityByErrorRate })).toBeUndefined();
  },
);

test.each<[unknown]>([
  [undefined],
  [{}],
  [{ minSimilarityByErrorRate: 0.9 }],
  [{ minSimilarityByErrorRate: { strict: 0.9 } }],
  [{ minSimilarityByErrorRate: { 0: 0.9 } }],
  [{ minSimilarityByErrorRate: { 1: 0.9 } }],
  [{ minSimilarityByErrorRate: { 0.01: 0 } }],
  [{ minSimilarityByErrorRate: { 0.01: 1.01 } }],
  [{ minSimilarityByErrorRate: { 0.01: '0.97' } }],
  [{ minSimilarityByErrorRate: { 0.01: Number.NaN } }],
  [{ minSimilarityByErrorRate: { 0.01: 0.9, 0.05: 0.95 } }],
])('refuses %o', (calibration) => {
  expect(findCalibrationProblem(calibration)).toBeTypeOf('string');
});
