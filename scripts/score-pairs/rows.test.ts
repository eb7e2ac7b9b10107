import { expect, test } from 'vitest';
import { isExactRepeat, parsePairRow, toScoredRow } from './rows.mjs';

test.each([
  [{ q2: 'b' }, 'no q1, or not a text'],
  [{ q1: 7, q2: 'b' }, 'no q1, or not a text'],
  [{ q1: 'a', q2: '' }, 'no q2, or not a text'],
  [{ q1: 'a', q2: 'b', label: 2 }, 'label is neither 0 nor 1'],
  [{ q1: 'a', q2: 'b', label: '1' }, 'label is neither 0 nor 1'],
  [{ q1: 'a', q2: 'b', similarity: 1.5 }, 'similarity is not from -1 to 1'],
  [{ q1: 'a', q2: 'b', similarity: 'high' }, 'similarity is not from -1 to 1'],
])('%j: %s', (value, problem) => {
  expect(parsePairRow(value)).toBe(problem);
});

test('a pair needs no more than its two texts, and keeps what else it has', () => {
  expect(parsePairRow({ q1: 'a', q2: 'b' })).toEqual({ q1: 'a', q2: 'b' });
  const row = { q1: 'a', q2: 'b', label: null, similarity: 1.0000004, arrival: '0-7' };
  expect(parsePairRow(row)).toEqual(row);
});

const lengths = { length: Math.log(5), lengthGap: 0.5 };

test("all fields are passed on but the figures, which are the page's", () => {
  const row = { q1: 'a', q2: 'b', label: 1 as const, stream: 's', similarity: 0.5 };
  const comparison = {
    similarity: 0.75,
    verifier: 0.9,
    guards: [{ guard: 'numbers' as const, detail: '2 / 3', veto: true }],
    risk: 0.1,
    served: false,
  };
  expect(toScoredRow(row, comparison, lengths)).toEqual({
    q1: 'a',
    q2: 'b',
    label: 1,
    stream: 's',
    similarity: 0.75,
    verifier: 0.9,
    guards: [{ guard: 'numbers', veto: true }],
    ...lengths,
    risk: 0.1,
    served: false,
  });
});

test('what skimp cannot tell is null, with its reason', () => {
  const comparison = { guards: [], risk: 1, served: false, detail: 'code' };
  const row = toScoredRow({ q1: 'a', q2: 'b' }, comparison, lengths);
  expect(row).toMatchObject({ similarity: null, verifier: null, risk: 1, detail: 'code' });
  expect(isExactRepeat(row)).toBe(false);
});

test('a pair that is served without the verifier is an exact repeat', () => {
  const repeat = { similarity: 1, guards: [], risk: 0, served: true, detail: 'the same text' };
  expect(isExactRepeat(toScoredRow({ q1: 'a', q2: 'a ' }, repeat, lengths))).toBe(true);
  const hit = { similarity: 0.9, verifier: 0.99, guards: [], risk: 0.01, served: true };
  expect(isExactRepeat(toScoredRow({ q1: 'a', q2: 'b' }, hit, lengths))).toBe(false);
});
