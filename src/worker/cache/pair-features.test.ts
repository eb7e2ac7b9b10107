import { expect, test } from 'vitest';
import { parsePromptWords } from './guards/prompt-words.js';
import { toPairFeatures } from './pair-features.js';

const [short, long] = ['return a tent', 'how do I return a tent today'].map(parsePromptWords);
if (!short || !long) throw new Error('two prompts');

test('lengths are logarithms of word counts: that of the longer prompt, and the gap', () => {
  expect(toPairFeatures(short, long, 0.7)).toMatchObject({
    similarity: 0.7,
    length: Math.log(8),
    lengthGap: expect.closeTo(Math.log(8 / 4), 12),
  });
});

test('features are the same in both orders', () => {
  expect(toPairFeatures(short, long, 0.7)).toEqual(toPairFeatures(long, short, 0.7));
});

test('a prompt without words has a length of 0', () => {
  const empty = parsePromptWords('');
  expect(toPairFeatures(empty, empty, 1)).toMatchObject({ length: 0, lengthGap: 0, guards: [] });
});

test('every guard that speaks is told', () => {
  const [a, b] = ['a tent for 2 people', 'a tent for 3 people'].map(parsePromptWords);
  if (!a || !b) throw new Error('two prompts');
  expect(toPairFeatures(a, b, 1).guards).toMatchObject([{ guard: 'numbers' }]);
});
