import { expect, test } from 'vitest';
import { toReport } from './report.mjs';

type Outcome = Parameters<typeof toReport>[1][number];

const hit = (tier: 'exact' | 'semantic', similarity: number, matchedCluster: string) => ({
  tier,
  similarity,
  matchedCluster,
  lookupMs: 1,
});
const miss = (similarity: number, matchedCluster: string, guard?: string, reason = 'risk') => ({
  tier: 'miss' as const,
  reason,
  similarity,
  matchedCluster,
  lookupMs: 10,
  ...(guard === undefined ? {} : { guard }),
});

/** Prompt, cluster, outcome; `wrong` when the answer of another cluster was served. */
type Line = readonly [string, string, Partial<Outcome> & Pick<Outcome, 'tier'>, 'wrong'?];

function toInput(lines: readonly Line[]) {
  const rows = lines.map(([prompt, cluster]) => ({ prompt, cluster }));
  const outcomes = lines.map(([, , outcome, wrong]): Outcome => {
    return { callMs: 20, errors: [], ...outcome, isWrong: wrong === 'wrong' };
  });
  return { rows, outcomes };
}

const stream = toInput([
  ['capital of France?', 'paris', { tier: 'miss', reason: 'no-candidate', lookupMs: 30 }],
  ['capital of France?', 'paris', hit('exact', 1, 'paris')],
  ['France, its capital?', 'paris', hit('semantic', 0.9, 'paris')],
  ['capital of Spain?', 'madrid', hit('semantic', 0.8, 'paris'), 'wrong'],
  ['Spain, its capital?', 'madrid', miss(0.7, 'paris')],
  ['Spanish capital?', 'madrid', miss(0.6, 'madrid')],
  ['capital in 1900?', 'old', miss(0.95, 'paris', 'dates', 'guard')],
  ['capital of France, not Spain?', 'paris', miss(0.85, 'paris', 'negation', 'guard')],
]);

test('hits are counted by tier, with those of another cluster', () => {
  const { hits, misses, rows } = toReport(stream.rows, stream.outcomes);
  expect(rows).toBe(8);
  expect(hits).toEqual({ exact: { served: 1, wrong: 0 }, semantic: { served: 2, wrong: 1 } });
  expect(misses).toEqual({ 'no-candidate': 1, risk: 2, guard: 2 });
});

test('coverage and net efficiency are shares of the hits that an oracle would have had', () => {
  const { all, fresh } = toReport(stream.rows, stream.outcomes);
  // An earlier prompt of the cluster: rows 2, 3, 5, 6 and 8.
  expect(all).toMatchObject({ possibleHits: 5, trueHits: 2, wrongHits: 1 });
  expect(all.coverage).toBeCloseTo(2 / 5);
  expect(all.netEfficiency).toBeCloseTo(1 / 5);
  // Row 2 is the one exact repeat.
  expect(fresh).toMatchObject({ rows: 7, possibleHits: 4, trueHits: 1, wrongHits: 1 });
  expect(fresh.coverage).toBeCloseTo(1 / 4);
  expect(fresh.netEfficiency).toBe(0);
});

test('the best threshold is found over the similarities of prompts that are no repeat', () => {
  const { bestThreshold, bestThresholdGuarded } = toReport(stream.rows, stream.outcomes);
  // From the top: 0.95 wrong, 0.9 right, 0.85 right (net 1), 0.8 wrong, 0.7 wrong, 0.6 right.
  expect(bestThreshold).toEqual({ netEfficiency: 1 / 4, minSimilarity: 0.85 });
  // Without the two that a guard refuses: 0.9 right (net 1), 0.8 wrong, 0.7 wrong, 0.6 right.
  expect(bestThresholdGuarded).toEqual({ netEfficiency: 1 / 4, minSimilarity: 0.9 });
});

test('a threshold takes all prompts of one similarity or none', () => {
  const { rows, outcomes } = toInput([
    ['a', '1', { tier: 'miss', reason: 'no-candidate' }],
    ['b', '1', miss(0.9, '1')],
    ['c', '2', miss(0.9, '1')],
  ]);
  expect(toReport(rows, outcomes).bestThreshold).toEqual({
    netEfficiency: 0,
    minSimilarity: null,
  });
});

test('a veto is right when the nearest prompt is of another cluster', () => {
  expect(toReport(stream.rows, stream.outcomes).guards).toEqual({
    dates: { vetoes: 1, rightVetoes: 1, findings: 1, rightFindings: 1 },
    negation: { vetoes: 1, rightVetoes: 0, findings: 1, rightFindings: 0 },
  });
});

test('the wrong share of semantic hits has its interval', () => {
  const { wrongShareOfSemanticHits: wrong } = toReport(stream.rows, stream.outcomes);
  expect(wrong.share).toBe(0.5);
  expect(wrong.interval95?.[0]).toBeCloseTo(1 - Math.sqrt(0.975), 9);
});

test('coverage and the wrong share of all hits have their intervals', () => {
  const { all, fresh } = toReport(stream.rows, stream.outcomes);
  expect(all.wrongShare.share).toBeCloseTo(1 / 3);
  expect(all.coverageInterval95?.[0]).toBeLessThan(2 / 5);
  expect(all.coverageInterval95?.[1]).toBeGreaterThan(2 / 5);
  expect(fresh.wrongShare.interval95?.[1]).toBeCloseTo(Math.sqrt(0.975), 9);
});

test('lookups are timed by tier', () => {
  const { latencyMs } = toReport(stream.rows, stream.outcomes);
  expect(latencyMs.exact).toMatchObject({ lookups: 1, p50: 1, callP50: 20 });
  expect(latencyMs.miss).toMatchObject({ lookups: 5, p50: 10, p95: 30 });
});

test('each run starts with nothing seen', () => {
  const { rows, outcomes } = toInput([
    ['a', '1', { tier: 'miss', reason: 'no-candidate' }],
    ['a', '1', { tier: 'miss', reason: 'no-candidate' }],
  ]);
  const inRuns = rows.map((row, index) => ({ ...row, run: `${index}` }));
  const report = toReport(inRuns, outcomes);
  expect(report.runs).toBe(2);
  expect(report.all).toMatchObject({ possibleHits: 0, coverage: null, netEfficiency: null });
});

test('errors are counted by code', () => {
  const { rows, outcomes } = toInput([
    ['a', '1', { tier: 'miss', errors: ['deadline-exceeded', 'http-500'] }],
    ['b', '1', { tier: 'miss', errors: ['deadline-exceeded'] }],
  ]);
  expect(toReport(rows, outcomes).errors).toEqual({ 'deadline-exceeded': 2, 'http-500': 1 });
});

test('the verifier is counted by what it read and what was refused then', () => {
  const { rows, outcomes } = toInput([
    ['a', '1', { tier: 'miss', reason: 'no-candidate' }],
    ['a', '1', hit('exact', 1, '1')],
    ['b', '1', { ...hit('semantic', 0.9, '1'), verifier: 0.99 }],
    ['c', '2', { ...miss(0.8, '1'), verifier: 0.3 }],
    ['d', '1', { ...miss(0.8, '1'), verifier: 0.2 }],
    ['e', '3', miss(0.1, '1')],
  ]);
  expect(toReport(rows, outcomes).verifier).toEqual({
    compared: 4,
    read: 3,
    refused: 2,
    rightlyRefused: 1,
  });
});
