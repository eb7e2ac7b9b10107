import { expect, test } from 'vitest';
import { clopperPearson, percentile, share } from './statistics.mjs';

test('a percentile is the nearest rank', () => {
  const values = [50, 15, 40, 20, 35];
  expect(percentile(values, 0.5)).toBe(35);
  expect(percentile(values, 0.3)).toBe(20);
  expect(percentile(values, 0.95)).toBe(50);
  expect(percentile(values, 1)).toBe(50);
  expect(percentile([7], 0.05)).toBe(7);
  expect(percentile([], 0.5)).toBeNull();
});

test('the interval of no success in ten trials ends at 1 - 0.025^(1/10)', () => {
  const [low, high] = clopperPearson(0, 10) ?? [];
  expect(low).toBe(0);
  expect(high).toBeCloseTo(1 - 0.025 ** 0.1, 9);
});

test('the interval of ten successes in ten trials is the mirror image', () => {
  const [low, high] = clopperPearson(10, 10) ?? [];
  expect(low).toBeCloseTo(0.025 ** 0.1, 9);
  expect(high).toBe(1);
});

test('the interval of one success in two trials solves both quadratic equations', () => {
  // 1 - (1 - p)^2 = 0.025 below, and 1 - p^2 = 0.025 above.
  const [low, high] = clopperPearson(1, 2) ?? [];
  expect(low).toBeCloseTo(1 - Math.sqrt(0.975), 9);
  expect(high).toBeCloseTo(Math.sqrt(0.975), 9);
});

test('a large sample does not underflow', () => {
  const [low = 0, high = 0] = clopperPearson(500, 50_000) ?? [];
  expect(low).toBeGreaterThan(0.009);
  expect(low).toBeLessThan(0.01);
  expect(high).toBeGreaterThan(0.01);
  expect(high).toBeLessThan(0.011);
});

test('nothing has no share and no interval', () => {
  expect(clopperPearson(0, 0)).toBeNull();
  expect(share(0, 0)).toBeNull();
  expect(share(1, 4)).toBe(0.25);
});
