import { expect, test } from 'vitest';
import { createReport } from './report.mjs';

const ask = { keep: 0.5 };
const free = { spans: [], isJoined: true };
const long = 'word '.repeat(201);

const toRow = (fields: object) => ({
  text: long,
  keep: 0.5,
  compressed: '',
  kept: [],
  originalTokens: 400,
  keptTokens: 200,
  milliseconds: 100,
  ...fields,
});

test('rows are counted by what was asked for, with their tokens and paces', () => {
  const other = { maxTokens: 300 };
  const report = createReport([ask, other]);
  report.add(ask, toRow({}), free);
  report.add(ask, toRow({ milliseconds: 400, keptTokens: 100 }), free);
  report.add(other, toRow({ keptTokens: 300 }), free);
  expect(report.figures()).toMatchObject([
    {
      ask: 'keep 0.5',
      rows: 2,
      originalTokens: 800,
      keptTokens: 300,
      ratio: 3 / 8,
      msPer1000Tokens: { rows: 2, median: 250, p95: 1000 },
      budget: { rows: 2, within: 1, share: 0.5 },
    },
    { ask: 'max 300 tokens', rows: 1, budget: { within: 1 } },
  ]);
});

test.each([
  [196, 1],
  [204, 1],
  [195, 0],
  [205, 0],
])('%i tokens kept of 400, 200 wanted: within a hundredth %i', (keptTokens, within) => {
  const report = createReport([ask]);
  report.add(ask, toRow({ keptTokens }), free);
  expect(report.figures()).toMatchObject([{ budget: { rows: 1, within } }]);
});

test('a text of 200 words or fewer is not held to the budget', () => {
  const report = createReport([ask]);
  report.add(ask, toRow({ text: 'word '.repeat(200), keptTokens: 0 }), free);
  expect(report.figures()).toMatchObject([{ budget: { rows: 0, within: 0, share: null } }]);
});

test('a text with a span that is always kept counts apart', () => {
  const report = createReport([ask]);
  const kept = [[0, 4]] as const;
  const spans = [{ start: 0, end: 4, mode: 'keep' }] as const;
  report.add(ask, toRow({ keptTokens: 300, kept }), { spans, isJoined: true });
  report.add(ask, toRow({ kept }), { spans: [{ ...spans[0], mode: 'whole' }], isJoined: true });
  report.add(ask, toRow({ keptTokens: 400, skipped: 'protected' }), free);
  expect(report.figures()).toMatchObject([
    {
      budget: { rows: 3, within: 1 },
      budgetProtectedFree: { rows: 1, within: 1 },
      protectedSpans: 2,
      cutSpans: 0,
    },
  ]);
});

test('a text that was left as it is counts by its reason, and has no pace', () => {
  const report = createReport([ask]);
  report.add(ask, toRow({ skipped: 'short' }), free);
  report.add(ask, toRow({ skipped: 'unavailable' }), free);
  report.add(ask, toRow({ skipped: 'short' }), free);
  expect(report.figures()).toMatchObject([
    {
      skipped: { short: 2, unavailable: 1 },
      budget: { rows: 0 },
      msPer1000Tokens: { rows: 0, median: null, p95: null },
    },
  ]);
});

test('what must not happen is counted: a span cut, a text that is not its slices', () => {
  const report = createReport([ask]);
  const spans = [{ start: 0, end: 4, mode: 'whole' }] as const;
  report.add(ask, toRow({ kept: [[0, 2]] }), { spans, isJoined: false });
  expect(report.figures()).toMatchObject([{ protectedSpans: 1, cutSpans: 1, wrongSlices: 1 }]);
});
