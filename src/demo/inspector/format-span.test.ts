import { expect, test } from 'vitest';
import { formatSpan } from './format-span.js';

test.each([
  [604_799_999, '6 d'],
  [86_400_000, '1 d'],
  [86_399_999, '23 h'],
  [3_599_999, '59 min'],
  [59_999, '59 s'],
  [400, '0 s'],
  [-5, '0 s'],
])('%d ms are %s', (ms, text) => {
  expect(formatSpan(ms)).toBe(text);
});
