import { expect, test } from 'vitest';
import { toReport } from './report.mjs';
import type { ScoredRow } from './rows.mjs';
import { toTable } from './table.mjs';

const toRow = (row: Partial<ScoredRow>): ScoredRow => ({
  q1: 'first words',
  q2: 'second words',
  similarity: 0.5,
  verifier: 0.5,
  guards: [],
  length: 1,
  lengthGap: 0,
  risk: 0.5,
  served: false,
  ...row,
});

const positive = { label: 1, similarity: 0.9, verifier: 0.95, risk: 0.05, served: true } as const;
const negative = { label: 0, similarity: 0.95, verifier: 0.1, risk: 0.9 } as const;
const vetoed = { ...negative, risk: 0.01, guards: [{ guard: 'numbers', veto: true }] };

const stageOf = ({ all }: Pick<ReturnType<typeof toReport>, 'all'>, name: string) =>
  all.stages.find(({ stage }) => stage === name);

test('each stage is measured by what it would rank by', () => {
  const report = toReport([toRow(positive), toRow(negative)]);
  expect(stageOf(report, 'TF-IDF')?.auc.value).toBe(0.5);
  expect(stageOf(report, 'similarity')?.auc.value).toBe(0);
  expect(stageOf(report, 'verifier')?.auc.value).toBe(1);
  expect(stageOf(report, 'risk')?.auc.value).toBe(1);
});

test('a veto keeps a pair from being served, whatever its risk', () => {
  const report = toReport([toRow(positive), toRow(vetoed)]);
  expect(stageOf(report, 'risk')?.servedAt[0]).toMatchObject({ maxFalseHits: 0.01, value: 0 });
  expect(stageOf(report, 'risk, vetoes')?.servedAt[0]).toMatchObject({ value: 1 });
});

test('at the budget, what the optimizer served is counted, with exact intervals', () => {
  const wrong = { ...positive, label: 0 } as const;
  const missed = { ...positive, served: false };
  const { atBudget } = toReport([positive, positive, missed, wrong].map(toRow)).all;
  expect(atBudget).toMatchObject({ served: 3, wrong: 1 });
  expect(atBudget.falseHits.share).toBeCloseTo(1 / 3);
  expect(atBudget.positivesServed.share).toBeCloseTo(2 / 3);
  // 1 - (1 - p)^3 = 0.025.
  expect(atBudget.falseHits.interval95?.[0]).toBeCloseTo(1 - 0.975 ** (1 / 3), 9);
});

test('exact repeats and pairs without a label are counted, and have no part in the figures', () => {
  const repeat = toRow({ label: 1, similarity: 1, verifier: null, risk: 0, served: true });
  const report = toReport([repeat, toRow({}), toRow(positive), toRow(negative)]);
  expect(report).toMatchObject({ rows: 4, served: 2, exactRepeats: 1, unlabelled: 1 });
  expect(report.all).toMatchObject({ pairs: 2, positives: 1, atBudget: { served: 1 } });
});

test('a pair that skimp could not judge is never served, and its reason is counted', () => {
  const unknown = { similarity: null, verifier: null, risk: 1, detail: 'code' };
  const report = toReport([toRow({ ...unknown, label: 1 }), toRow(positive), toRow(negative)]);
  expect(report.undecided).toEqual({ code: 1 });
  expect(stageOf(report, 'risk')?.servedAt[1]?.value).toBe(0.5);
});

test('figures are told apart by the values of a field, the largest group first', () => {
  const rows = [
    toRow({ ...positive, src: 'a' }),
    toRow({ ...positive, src: 'b' }),
    toRow({ ...negative, src: 'b' }),
    toRow(negative),
  ];
  const { groups } = toReport(rows, ['src', 'kind']);
  expect(groups.map(({ field, name, pairs }) => [field, name, pairs])).toEqual([
    ['src', 'b', 2],
    ['src', 'a', 1],
  ]);
  expect(groups[1]?.stages[0]?.auc).toEqual({ value: null, interval95: null });
});

test('a field of too many values is refused by its name', () => {
  const rows = Array.from({ length: 101 }, (_, id) => toRow({ ...positive, id }));
  expect(() => toReport(rows, ['id'])).toThrow('id has 101 values');
});

const run = {
  badLines: 0,
  isCut: false,
  seconds: 1,
  pageErrors: 0,
  backend: 'wasm',
  dtype: 'q8',
  model: 'm',
  reason: 'asked for',
  maxErrorRate: 0.01,
  maxRisk: 0.02,
};

test('the table names every stage and every group', () => {
  const rows = [toRow({ ...positive, src: 'faq' }), toRow({ ...negative, src: 'faq' })];
  const text = toTable({ ...toReport(rows, ['src']), ...run });
  for (const name of ['TF-IDF', 'similarity', 'verifier', 'risk, vetoes', 'faq', 'bootstrap']) {
    expect(text).toContain(name);
  }
  expect(text).toMatch(/^verifier +1\.000 \(1\.000 to 1\.000\)/m);
  expect(text).toMatch(/^false hits at the budget +0\.0 % \(0 of 1; 95 % interval 0\.0 % to/m);
});

test('without labels the table says what was served, and no more', () => {
  const text = toTable({ ...toReport([toRow({})]), ...run });
  expect(text).toContain('1 rows without a label');
  expect(text).not.toContain('AUC');
});
