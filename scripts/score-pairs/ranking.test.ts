import { expect, test } from 'vitest';
import { bootstrap, measure, rank } from './ranking.mjs';

const toRanking = (scores: (number | null)[], labels: number[]) =>
  rank(scores, Uint8Array.from(labels));

test('AUC is the share of pairs of a positive and a negative in the right order', () => {
  // Positives 0.9 and 0.4, negatives 0.6 and 0.1: of four pairs, 0.4 below 0.6 is wrong.
  expect(measure(toRanking([0.9, 0.6, 0.4, 0.1], [1, 0, 1, 0])).auc).toBeCloseTo(3 / 4);
  expect(measure(toRanking([0.1, 0.9], [0, 1])).auc).toBe(1);
  expect(measure(toRanking([0.9, 0.1], [0, 1])).auc).toBe(0);
});

test('a tie of a positive and a negative counts a half, whatever its place in the file', () => {
  expect(measure(toRanking([0.5, 0.5], [1, 0])).auc).toBe(0.5);
  expect(measure(toRanking([0.5, 0.5], [0, 1])).auc).toBe(0.5);
  // One positive above, one tied with the negative.
  expect(measure(toRanking([0.5, 0.9, 0.5], [0, 1, 1])).auc).toBe(0.75);
});

test('a row without a score ranks last, and two of them are tied', () => {
  expect(measure(toRanking([null, -5, null], [0, 1, 1])).auc).toBe(0.75);
});

test('a row without a score is never served, however right it would be', () => {
  expect(measure(toRanking([0.9, null, -1], [1, 1, 0])).servedAt).toEqual([0.5, 0.5]);
  expect(measure(toRanking([null, 0.5], [1, 0])).servedAt).toEqual([0, 0]);
  // 25 positives after one negative would be few false hits.
  const unscored = toRanking(
    Array.from({ length: 26 }, () => null),
    [0, ...Array.from({ length: 25 }, () => 1)],
  );
  expect(measure(unscored).servedAt).toEqual([0, 0]);
});

test.each([[[1, 1]], [[0, 0]], [[]]])('%j alone cannot be told from the other class', (labels) => {
  const ranking = toRanking(
    labels.map((_, row) => row),
    labels,
  );
  expect(measure(ranking)).toEqual({ auc: null, servedAt: [null, null] });
});

/** A negative on top, then `positives`, then a negative. */
const withWrongOnTop = (positives: number) =>
  toRanking(
    Array.from({ length: positives + 2 }, (_, row) => -row),
    [0, ...Array.from({ length: positives }, () => 1), 0],
  );

test('the best threshold may lie beyond one that is too bad', () => {
  // After the first row 100 % are wrong; after 20 rows 1 of 20, after 100 rows 1 of 100.
  expect(measure(withWrongOnTop(18)).servedAt).toEqual([0, 0]);
  expect(measure(withWrongOnTop(19)).servedAt).toEqual([0, 1]);
  expect(measure(withWrongOnTop(98)).servedAt).toEqual([0, 1]);
  expect(measure(withWrongOnTop(99)).servedAt).toEqual([1, 1]);
});

test('rows of one score are served together or not at all', () => {
  expect(measure(toRanking([0.9, 0.8, 0.8, 0.7], [1, 1, 0, 1])).servedAt).toEqual([1 / 3, 1 / 3]);
});

test('a row that counts twice is two rows', () => {
  const counted = measure(toRanking([3, 2, 1], [1, 0, 1]), Uint16Array.from([2, 1, 0]));
  expect(counted).toEqual(measure(toRanking([3, 3, 2], [1, 1, 0])));
});

const noisy = toRanking(
  Array.from({ length: 400 }, (_, row) => (row * 37) % 101),
  Array.from({ length: 400 }, (_, row) => ((row * 37) % 101 > (row * 53) % 97 ? 1 : 0)),
);

test('a bootstrap interval holds the estimate, and is about as wide as theory says', () => {
  const [{ auc } = { auc: null }] = bootstrap([noisy], { draws: 500, seed: 1 });
  const estimate = measure(noisy).auc ?? 0;
  const [low = 1, high = 0] = auc ?? [];
  expect(low).toBeLessThan(estimate);
  expect(high).toBeGreaterThan(estimate);
  // Hanley and McNeil (1982).
  const n = [200, 200] as const;
  const [q1, q2] = [estimate / (2 - estimate), (2 * estimate ** 2) / (1 + estimate)];
  const variance =
    (estimate * (1 - estimate) +
      (n[0] - 1) * (q1 - estimate ** 2) +
      (n[1] - 1) * (q2 - estimate ** 2)) /
    (n[0] * n[1]);
  expect((high - low) / (2 * 1.96 * Math.sqrt(variance))).toBeGreaterThan(0.75);
  expect((high - low) / (2 * 1.96 * Math.sqrt(variance))).toBeLessThan(1.25);
});

test('a seed gives the same intervals, another seed others', () => {
  const once = bootstrap([noisy], { draws: 50, seed: 7 });
  expect(bootstrap([noisy], { draws: 50, seed: 7 })).toEqual(once);
  expect(bootstrap([noisy], { draws: 50, seed: 8 })).not.toEqual(once);
});

test('every ranking gets the same draws', () => {
  const [first, second] = bootstrap([noisy, noisy], { draws: 20, seed: 1 });
  expect(second).toEqual(first);
});

test('what no draw has a value of has no interval', () => {
  const [intervals] = bootstrap([toRanking([1, 2], [1, 1])], { draws: 5, seed: 1 });
  expect(intervals).toEqual({ auc: null, servedAt: [null, null] });
});
