import { expect, test } from 'vitest';
import { parsePromptWords } from './prompt-words.js';
import { stem } from './stem.js';

test.each([
  ["It's the U.S. dollar, isn't it?", ['it', 'the', 'us', 'dollar', "isn't", 'it']],
  ['C++ or C# in node.js?', ['c++', 'or', 'c#', 'in', 'node.js']],
  ['1,000 files at 3.10 or 3:00pm', ['1,000', 'files', 'at', '3.10', 'or', '3:00pm']],
  ['Ann’s two-factor login', ['ann', 'two', 'factor', 'login']],
  ['Costs $5 or 10%', ['costs', '$', '5', 'or', '10', '%']],
  ['Is it done.how now', ['is', 'it', 'done', 'how', 'now']],
])('%s is cut into words', (text, expected) => {
  const lowers = parsePromptWords(text).words.map(({ lower }) => lower);
  expect(lowers).toEqual(expected);
});

test('a word knows where it stands and whether it opens a sentence', () => {
  const { words, text } = parsePromptWords('Hi Ann. How are you?');
  expect(words.map(({ startsSentence }) => startsSentence)).toEqual([
    true,
    false,
    true,
    false,
    false,
  ]);
  expect(words.map(({ start, end }) => text.slice(start, end))).toEqual([
    'Hi',
    'Ann',
    'How',
    'are',
    'you',
  ]);
});

test.each([
  ['what is the capital of France', true],
  ['How To Cook Rice In A Rice Cooker', false],
  ['WHAT IS THE CAPITAL OF FRANCE', false],
])('capitals in %j point at names: %s', (text, expected) => {
  expect(parsePromptWords(text).capitalsMeanNames).toBe(expected);
});

test.each([
  ['increase increases increased increasing'],
  ['stop stops stopped stopping'],
  ['deny denies denied denying'],
  ['city cities'],
  ['organise organize organised organizing'],
  ['colour colors'],
  ['buy buys bought buying'],
  ['write wrote written writing'],
  ['foot feet'],
])('%s share a stem', (forms) => {
  expect(new Set(forms.split(' ').map(stem)).size).toBe(1);
});
