import { expect, test } from 'vitest';
import { scoreWords } from './word-scores.js';

test('a score is the weighted sum of the word, its phrase and its sentence', () => {
  const units = { words: [], phrases: [0, 2, 3], sentences: [0, 3], turns: [] };
  const scores = scoreWords(Float32Array.of(1, 3, 8, -2), units, {
    word: 1,
    phrase: 10,
    sentence: 100,
  });
  expect([...scores]).toEqual([1 + 20 + 400, 3 + 20 + 400, 8 + 80 + 400, -2 - 20 - 200]);
});

test('a label is wanted as much as the best word of its turn', () => {
  const turns = [
    { label: 0, first: 1, last: 3 },
    { label: 3, first: 5, last: 6 },
  ];
  const units = { words: [], phrases: [0], sentences: [0], turns };
  const scores = scoreWords(Float32Array.of(-9, 1, 4, 9, -9, -2), units, {
    word: 1,
    phrase: 0,
    sentence: 0,
  });
  expect([...scores]).toEqual([4, 1, 4, -2, -2, -2]);
});

test('no words have no scores', () => {
  const units = { words: [], phrases: [], sentences: [], turns: [] };
  expect(scoreWords(new Float32Array(), units, { word: 1, phrase: 1, sentence: 1 })).toHaveLength(
    0,
  );
});
