import { expect, test } from 'vitest';
import { formatRisk, toDistanceText, toScalePosition, toScaleRisk } from './risk-scale.js';

test('the scale is symmetric, monotone and ends at its ends', () => {
  expect(toScalePosition(0.5)).toBeCloseTo(0.5);
  expect(toScalePosition(0)).toBe(0);
  expect(toScalePosition(1)).toBe(1);
  expect(toScalePosition(0.01)).toBeCloseTo(1 - toScalePosition(0.99));
  expect(toScalePosition(0.02)).toBeLessThan(toScalePosition(0.03));
});

test('the distance is told as a ratio of odds, and on which side', () => {
  expect(toDistanceText(0.1, 0.5)).toContain('9.0 times lower');
  expect(toDistanceText(0.5, 0.1)).toContain('9.0 times higher');
  expect(toDistanceText(0.001, 0.5)).toContain('999 times lower');
  expect(toDistanceText(0.3, 0.3)).toContain('right at the limit');
});

test('the ends of the scale have words of their own', () => {
  expect(toDistanceText(0.2, 0)).toContain('no other wording');
  expect(toDistanceText(1, 0.3)).toContain('no budget');
  expect(toDistanceText(0, 0.3)).toContain('same text');
  expect(formatRisk(0.0002)).toBe('below 0.1 %');
  expect(formatRisk(0.9995)).toBe('above 99.9 %');
  expect(formatRisk(0.031)).toBe('3.1 %');
});

test.for([0.001, 0.02, 0.5, 0.9, 0.999])(
  'a place on the scale leads back to its risk: %d',
  (risk) => {
    expect(toScaleRisk(toScalePosition(risk))).toBeCloseTo(risk, 10);
  },
);
