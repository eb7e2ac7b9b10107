import { expect, test } from 'vitest';
import { compressionTasks } from '../../src/shared/compression.js';
import { isJoined, parseTextRow, tasks, toCompressedRow, toRequest, toTarget } from './rows.mjs';

const options = {
  task: 'summary',
  counter: 'exact',
  minTokens: 5,
  hideQuestion: false,
} as const;
const outcome = {
  text: 'a c',
  kept: [
    [0, 2],
    [4, 5],
  ],
  originalTokens: 3,
  keptTokens: 2,
  milliseconds: 7,
} as const;

test("the tasks are the optimizer's", () => {
  expect(tasks).toEqual(compressionTasks);
});

test.each([
  [{}, 'no text, or not a string'],
  [{ text: 1 }, 'no text, or not a string'],
  [{ text: 'a', question: 1 }, 'question is not a string'],
  [{ text: 'a', task: 'poem' }, 'task is none of qa, summary, code'],
])('%j: %s', (value, problem) => {
  expect(parseTextRow(value)).toBe(problem);
});

test.each([{ text: '' }, { text: 'a', question: null, task: null, answer: ['x'], id: 7 }])(
  'a row is taken with all its fields: %j',
  (row) => {
    expect(parseTextRow(row)).toEqual(row);
  },
);

test('a row asks with its own question and task, and with the options where it has none', () => {
  const row = { text: 'a b c', question: 'q?', task: 'qa' } as const;
  expect(toRequest(row, { keep: 0.5 }, options)).toEqual({
    text: 'a b c',
    keepRatio: 0.5,
    question: 'q?',
    task: 'qa',
    minTokens: 5,
    counter: 'exact',
  });
  const bare = { text: 'a b c', question: ' ' };
  expect(toRequest(bare, { maxTokens: 9 }, options)).toEqual({
    text: 'a b c',
    maxTokens: 9,
    task: 'summary',
    minTokens: 5,
    counter: 'exact',
  });
});

test('a hidden question is not sent', () => {
  const hidden = { ...options, hideQuestion: true };
  const request = toRequest({ text: 'a', question: 'q?' }, { keep: 1 }, hidden);
  expect(request).not.toHaveProperty('question');
});

test('a row is written with all its fields, those of an earlier run replaced', () => {
  const row = { text: 'a b c', id: 7, keep: 0.9, maxTokens: 1, skipped: 'short', detail: 'x' };
  expect(toCompressedRow(row, { keep: 0.5 }, outcome)).toEqual({
    text: 'a b c',
    id: 7,
    keep: 0.5,
    compressed: 'a c',
    kept: outcome.kept,
    originalTokens: 3,
    keptTokens: 2,
    milliseconds: 7,
  });
  const skipped = { ...outcome, skipped: 'unavailable', detail: 'no model' } as const;
  expect(toCompressedRow(row, { maxTokens: 2 }, skipped)).toMatchObject({
    keep: null,
    maxTokens: 2,
    skipped: 'unavailable',
    detail: 'no model',
  });
});

test('a text that is not that of its slices is told', () => {
  expect(isJoined('a b c', outcome)).toBe(true);
  expect(isJoined('a b c', { ...outcome, text: 'a d' })).toBe(false);
});

test('a target is a share of the tokens, or a number that a short text does not have', () => {
  expect(toTarget({ keep: 0.33 }, 100)).toBe(33);
  expect(toTarget({ maxTokens: 50 }, 100)).toBe(50);
  expect(toTarget({ maxTokens: 50 }, 30)).toBe(30);
});
