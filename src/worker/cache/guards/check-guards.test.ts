import { expect, test } from 'vitest';
import { guardNames } from '../../../shared/guard.js';
import { checkGuards, findGuards, guards } from './check-guards.js';
import { parsePromptWords } from './prompt-words.js';

function check(a: string, b: string): string | undefined {
  return checkGuards(parsePromptWords(a), parsePromptWords(b))?.guard;
}

test('every guard name has one guard', () => {
  expect(guards.map(({ name }) => name).sort()).toEqual([...guardNames].sort());
});

test('the finding names the rule and the words that differ', () => {
  const [a, b] = ['Tax brackets for 2023', 'Tax brackets for 2024'].map(parsePromptWords);
  if (!a || !b) throw new Error('two prompts');
  expect(checkGuards(a, b)).toEqual({ guard: 'dates', detail: 'year 2023 / 2024' });
});

test('all objections are found, one a guard', () => {
  const a = parsePromptWords('Did Apple accept 5 offers in 2019?');
  const b = parsePromptWords('Did Samsung reject 6 offers in 2020?');
  expect(findGuards(a, b).map(({ guard }) => guard)).toEqual([
    'numbers',
    'dates',
    'antonyms',
    'names',
  ]);
});

test.each([
  ['How do I cancel my order?', "I'd like to cancel an order I placed, how?"],
  ['Can I be fired without cause?', 'Is it possible to be fired for no reason?'],
  ["Why won't my phone charge?", "My phone isn't charging, what's wrong?"],
  ['Do I need a visa for Brazil as a US citizen?', 'Is a visa required for Americans in Brazil?'],
  ['How do I enable 2FA?', 'How can I turn on two-factor authentication?'],
  ["What's the weather like in Rome in May?", 'How is the weather in Rome during May?'],
  ['What is the GDP of Germany?', "What is Germany's gross domestic product?"],
  ['How do I evict a tenant?', 'What is the legal process for evicting a renter?'],
  ['Summarize this in 3 bullet points', 'Summarize this in three bullets'],
  ['Is the iPhone 15 waterproof?', 'Is iPhone15 water resistant?'],
  ['How do I set up a vpn', 'HOW DO I SET UP A VPN'],
  ['Wie geht es dir heute?', "Wie geht's dir heute?"],
])('a paraphrase passes all guards: %s | %s', (a, b) => {
  expect(check(a, b)).toBeUndefined();
});

test('the same text passes, whatever it holds', () => {
  expect(check('Is 5 GB not 6 GB from A to B?', 'Is 5 GB not 6 GB from A to B?')).toBeUndefined();
});

test.each([
  '',
  '🎉',
  '日本語のテキスト。',
  'Der Zug nach Köln fährt nicht am Montag.',
  "a'b’c",
  '...',
  'no',
  '1,2,3,,,4',
  '$',
  'from to from to',
])('any text can be compared with any other: %j', (text) => {
  for (const other of ['', 'Who sued whom in 2019?', '🎉🎉', 'from 1 to 2', 'не работает']) {
    expect(check(text, other) === undefined).toBe(check(other, text) === undefined);
  }
});

test.each([
  'a',
  'a.',
  '1,',
  "a'",
  'Ab ',
  'from to ',
  'not ',
  'two ',
  '_a',
  '😀',
  'ing ',
  'March 5 ',
])('ten thousand characters of %j are compared', (part) => {
  const long = part.repeat(10_000 / part.length);
  const turned = [...long].reverse().join('');
  expect(check(long, turned) === undefined).toBe(check(turned, long) === undefined);
});
