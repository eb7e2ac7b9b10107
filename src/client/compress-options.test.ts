import { expect, test } from 'vitest';
import { assertCompression } from './compress-options.js';
import type { CompressOptions } from './compress-options.js';

test.each<[string, CompressOptions]>([
  ['a share', { keepRatio: 0.5 }],
  ['all of it', { keepRatio: 1 }],
  ['a number of tokens', { maxTokens: 1 }],
  [
    'everything',
    {
      keepRatio: 0.1,
      question: '',
      task: 'code',
      minTokens: 0,
      counter: 'exact',
      explain: true,
      signal: new AbortController().signal,
      onProgress: () => {},
      deadlineMs: 1,
    },
  ],
])('%s is accepted', (_what, options) => {
  expect(() => assertCompression('', options)).not.toThrow();
});

test.each<[string, unknown, unknown, RegExp]>([
  ['no options', 'a', undefined, /needs an object/],
  ['neither share nor number', 'a', {}, /one of keepRatio and maxTokens/],
  ['both', 'a', { keepRatio: 0.5, maxTokens: 5 }, /one of keepRatio and maxTokens/],
  ['a text that is none', 7, { keepRatio: 0.5 }, /text must be a string, got 7/],
  ['no text', undefined, { keepRatio: 0.5 }, /text must be/],
  ['a share of nothing', 'a', { keepRatio: 0 }, /keepRatio must be .* got 0/],
  ['a share above 1', 'a', { keepRatio: 50 }, /keepRatio/],
  ['a share that is no number', 'a', { keepRatio: Number.NaN }, /keepRatio/],
  ['no tokens', 'a', { maxTokens: 0 }, /maxTokens must be an integer, 1 or more/],
  ['half a token', 'a', { maxTokens: 1.5 }, /maxTokens/],
  [
    'an unknown task',
    'a',
    { keepRatio: 0.5, task: 'poem' },
    /'qa', 'summary' or 'code', got 'poem'/,
  ],
  ['an explanation of 1', 'a', { keepRatio: 0.5, explain: 1 }, /explain must be a boolean/],
  ['an unknown counter', 'a', { keepRatio: 0.5, counter: 'gpt2' }, /'estimate' or 'exact'/],
  ['a question that is none', 'a', { keepRatio: 0.5, question: 1 }, /question/],
  ['fewer than no tokens', 'a', { keepRatio: 0.5, minTokens: -1 }, /minTokens/],
  ['a signal that is none', 'a', { keepRatio: 0.5, signal: {} }, /signal must be an AbortSignal/],
  ['a listener that is none', 'a', { keepRatio: 0.5, onProgress: 1 }, /onProgress/],
  ['no time', 'a', { keepRatio: 0.5, deadlineMs: 0 }, /deadlineMs/],
  ['an unknown key', 'a', { keepRatio: 0.5, ratio: 1 }, /unknown option ratio/],
])('%s: refused by name', (_what, text, options, message) => {
  // As an app without types would.
  expect(() => assertCompression(text as string, options as CompressOptions)).toThrow(
    expect.objectContaining({ code: 'invalid-option', message: expect.stringMatching(message) }),
  );
});
