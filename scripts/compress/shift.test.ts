import { expect, test } from 'vitest';
import { createShiftCount, shiftText } from './shift.mjs';

test('50 words stand before', () => {
  const lead = shiftText('');
  expect(lead.trim().split(/\s+/)).toHaveLength(50);
  expect(shiftText('a b')).toBe(`${lead}a b`);
});

test('words whose fate another place changes are counted', () => {
  const count = createShiftCount();
  const before = shiftText('').length;
  const at = (start: number, end: number) => [before + start, before + end] as const;
  count.add('ab cd ef', [[0, 5]], [[0, 9], at(0, 2), at(6, 8)]);
  count.add('ab cd', [[3, 5]], [at(2, 5)]);
  expect(count.figures()).toEqual({ rows: 2, words: 5, changed: 2, share: 0.4 });
});

test('no rows have no share', () => {
  expect(createShiftCount().figures().share).toBeNull();
});
