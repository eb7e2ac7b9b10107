import { expect, test } from 'vitest';
import { countRule, toReport, toTable } from './guard-report.mjs';
import type { Checked } from './guard-report.mjs';

const finding = (veto: boolean) => ({ guard: 'numbers' as const, detail: '1 / 2', veto });
const row = (label: 0 | 1, source: string, ...findings: Checked['findings']): Checked => ({
  pair: { q1: 'a', q2: 'b', label, source },
  words: source === 'long' ? 50 : 5,
  findings,
});
const checked = [
  row(0, 'short', finding(true)),
  row(0, 'short', finding(false)),
  row(1, 'long', finding(true)),
  row(1, 'long'),
];

test('a rule is right where it speaks on a pair that needs two responses', () => {
  expect(countRule(checked, 'numbers')).toEqual({
    pairs: 4,
    positives: 2,
    speaks: 3,
    speaksRight: 2,
    vetoes: 2,
    vetoesRight: 1,
  });
  expect(countRule(checked, 'dates')).toMatchObject({ speaks: 0, vetoes: 0 });
});

test('counts are told by source and by length', () => {
  const { bySource, byLength } = toReport(checked, ['numbers']);
  const speaks = (rows: typeof bySource) =>
    rows
      .filter(({ rule, pairs }) => rule === 'numbers' && pairs > 0)
      .map((it) => [it.part, it.speaks]);
  expect(speaks(bySource)).toEqual([
    ['short', 2],
    ['long', 1],
  ]);
  expect(speaks(byLength)).toEqual([
    ['1 to 8 words', 2],
    ['over 40 words', 1],
  ]);
});

test('the table shows precision with its interval and the positives lost', () => {
  const table = toTable(toReport(checked, ['numbers', 'dates']).all);
  expect(table.split('\n')).toHaveLength(4);
  expect(table).toContain(
    '| all | numbers | 3 of 4 | 66.7 (9.4 to 99.2) | 2 | 50.0 (1.3 to 98.7) | 50.0 |',
  );
});
