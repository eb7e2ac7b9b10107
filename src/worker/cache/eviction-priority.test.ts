import { expect, test } from 'vitest';
import { toEntryBytes, toPriority } from './eviction-priority.js';

const usage = { promptTokens: 100, completionTokens: 300 };
const entry = { prompt: 'p', response: { text: 't', model: 'm', usage }, bytes: 2_000, hits: 0 };
const totals = { entries: 1, bytes: 2_000, inflation: 0 };

test('an entry is worth the tokens it saves per byte', () => {
  expect(toPriority(entry, totals)).toBeCloseTo(0.2, 12);
});

test('each hit adds as much again', () => {
  expect(toPriority({ ...entry, hits: 2 }, totals)).toBeCloseTo(0.6, 12);
});

test('an entry stored after an eviction stands above what was evicted', () => {
  expect(toPriority(entry, { ...totals, inflation: 5 })).toBeCloseTo(5.2, 12);
});

test('without token counts the length of the texts stands for them', () => {
  const response = { text: 'x'.repeat(76), model: 'm' };
  const uncounted = { ...entry, prompt: 'y'.repeat(4), response, bytes: 10 };
  expect(toPriority(uncounted, totals)).toBeCloseTo(2, 12);
});

test('bytes are an upper estimate', () => {
  expect(toEntryBytes('ab', 'cde')).toBe(1_034);
});
