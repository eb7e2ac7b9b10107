import { expect, test } from 'vitest';
import { toTfIdfSimilarities } from './tf-idf.mjs';

test('the same words have similarity 1 in any order and case, other words 0', () => {
  const [same, other] = toTfIdfSimilarities([
    { q1: 'Reset my password', q2: 'password, my RESET!' },
    { q1: 'open account', q2: 'close door' },
  ]);
  expect(same).toBeCloseTo(1, 12);
  expect(other).toBe(0);
});

test('a text without words is like nothing', () => {
  expect(toTfIdfSimilarities([{ q1: '?!', q2: '?!' }])).toEqual([0]);
});

test('words that are rare in the file count more', () => {
  const pairs = [
    { q1: 'the cat', q2: 'the dog' },
    { q1: 'a cat', q2: 'the cat' },
    { q1: 'the bird', q2: 'the fish' },
  ];
  const [common = 0, rare = 0] = toTfIdfSimilarities(pairs);
  expect(rare).toBeGreaterThan(common);
  // Of 6 texts `the` is in 5, `cat` in 3, `dog` in 1.
  const idf = (count: number) => Math.log(7 / (1 + count)) + 1;
  const norm = (other: number) => Math.hypot(idf(5), idf(other));
  expect(common).toBeCloseTo(idf(5) ** 2 / (norm(3) * norm(1)), 12);
});
