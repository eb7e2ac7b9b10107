import { expect, test } from 'vitest';
import { clopperPearson } from './clopper-pearson.js';

test.each([
  // From SciPy: beta.ppf(0.025, x, n - x + 1), beta.ppf(0.975, x + 1, n - x).
  [0, 10, 0, 0.3084971],
  [1, 10, 0.002528579, 0.4450161],
  [5, 10, 0.187086, 0.812914],
  [10, 10, 0.6915029, 1],
  [3, 300, 0.002067007, 0.02894451],
])('%i of %i lie between %f and %f', (successes, trials, low, high) => {
  const interval = clopperPearson(successes, trials);
  expect(interval[0]).toBeCloseTo(low, 6);
  expect(interval[1]).toBeCloseTo(high, 6);
});

test('many trials underflow nowhere', () => {
  const [low, high] = clopperPearson(50, 100_000);
  expect(low).toBeGreaterThan(0.0003);
  expect(high).toBeLessThan(0.0007);
});
