import { expect, test } from 'vitest';
import { scoreWords } from './word-scores.js';

test('a score is the weighted sum of the word, its phrase and its sentence', () => {
  const units = { words: [], phrases: [0, 2, 3], sentences: [0, 3] };
  const scores = scoreWords(Float32Array.of(1, 3, 8, -2), units, {
    word: 1,
    phrase: 10,
    sentence: 100,
  });
  expect([...scores]).toEqual([1 + 20 + 400, 3 + 20 + 400, 8 + 80 + 400, -2 - 20 - 200]);
});

test('no words have no scores', () => {
  const units = { words: [], phrases: [], sentences: [] };
  expect(scoreWords(new Float32Array(), units, { word: 1, phrase: 1, sentence: 1 })).toHaveLength(
    0,
  );
});
