import { expect, test } from 'vitest';
import { findPrice } from './find-price.js';
import { listPrices } from './price-table.js';

const own = { inputPerMillion: 7, outputPerMillion: 9 };

test.each([
  ['gpt-4o-2024-08-06', 'gpt-4o'],
  ['gpt-4o-mini-2024-07-18', 'gpt-4o-mini'],
  ['claude-haiku-4-5-20251001', 'claude-haiku-4-5'],
])('the snapshot %s costs what %s costs', (snapshot, family) => {
  expect(listPrices[family]).toBeDefined();
  expect(findPrice([snapshot], {})).toBe(listPrices[family]);
});

test('a snapshot that has a price of its own has that one', () => {
  expect(findPrice(['gpt-4o-2024-05-13'], {})?.inputPerMillion).toBe(5);
});

test.each([
  'gpt-4o-audio-preview',
  'gpt-4o-audio-preview-2024-12-17',
  'gpt-4o-2024-08',
  'gpt-4',
  'openai/gpt-4o',
  'GPT-4o',
  'ft:gpt-4o-2024-08-06:acme',
  'my-gpt-4o',
  'toString',
  '',
])('%s has no price', (model) => {
  expect(findPrice([model], {})).toBeUndefined();
});

test("the app's word goes before the table, and counts for snapshots too", () => {
  const prices = { 'gpt-4o': own, house: own };
  expect(findPrice(['gpt-4o'], prices)).toBe(own);
  expect(findPrice(['gpt-4o-2024-05-13'], prices)).toBe(own);
  expect(findPrice(['house-2026-01-31'], prices)).toBe(own);
});

test('the name in the answer goes before the one that was asked for', () => {
  expect(findPrice(['gpt-4o-mini-2024-07-18', 'gpt-4o'], {})).toBe(listPrices['gpt-4o-mini']);
  expect(findPrice(['deployment-7', 'gpt-4o'], {})).toBe(listPrices['gpt-4o']);
});
