import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nastyText } from './test-nasty-text.js';
import { estimateTokens, loadTokenCounter } from './token-counting.js';

const prose =
  'The ferry leaves the north pier at 08:12 and costs $12.50 for a bicycle. ' +
  'Tickets are not refunded, unless the crossing is cancelled by the operator.';

test('the exact count is that of o200k_base', async () => {
  const count = await loadTokenCounter('exact');
  expect(count(prose)).toBe(35);
  expect(count('')).toBe(0);
});

test('the estimate is near it for English', async () => {
  const count = await loadTokenCounter('estimate');
  expect(count).toBe(estimateTokens);
  expect(Math.abs(count(prose) - 35)).toBeLessThanOrEqual(4);
});

test('what looks like a special token is text', async () => {
  const count = await loadTokenCounter('exact');
  expect(count('<|endoftext|> and <|im_start|>')).toBeGreaterThan(6);
});

test.each([
  ['letters', 'x'.repeat(200_000)],
  ['blanks', ' '.repeat(200_000)],
  ['line breaks', '\n'.repeat(200_000)],
  ['marks', '='.repeat(200_000)],
  ['surrogate pairs', '😀'.repeat(100_000)],
])('200,000 %s are counted in a moment', async (_what, text) => {
  const count = await loadTokenCounter('exact');
  const startedAt = performance.now();
  expect(count(text)).toBeGreaterThan(50);
  expect(performance.now() - startedAt).toBeLessThan(8_000);
});

test('any text has a count, and less of it no more', async () => {
  const counters = await Promise.all([loadTokenCounter('exact'), loadTokenCounter('estimate')]);
  fc.assert(
    fc.property(nastyText, (text) => {
      for (const count of counters) {
        expect(count(text)).toBeGreaterThanOrEqual(text.trim() === '' ? 0 : 1);
        expect(count(text)).toBeLessThanOrEqual(4 * text.length);
      }
    }),
  );
});
