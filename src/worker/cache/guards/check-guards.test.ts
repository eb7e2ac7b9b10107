import { expect, test } from 'vitest';
import { guardNames } from '../../../shared/guard.js';
import { seededRandom } from '../seeded-random.js';
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
  expect(checkGuards(a, b)).toEqual({ guard: 'dates', detail: 'year 2023 / 2024', veto: true });
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

test('a number or an antonym in passing does not veto between two long texts', () => {
  const a = parsePromptWords(
    'My 3 year old has had a cold for 2 weeks, is hot at night, and her cough is worse in the ' +
      'morning. She eats little but drinks well. Does she need a doctor?',
  );
  const b = parsePromptWords(
    'For 5 days my husband has felt cold and tired, with a rash on the left arm that is better ' +
      'after a shower. He takes 20 mg of lisinopril. Could the tablet be the reason?',
  );
  expect(findGuards(a, b)).not.toEqual([]);
  expect(checkGuards(a, b)).toBeUndefined();
});

test('the words of one finding do not make another one uncertain', () => {
  expect(
    findGuards(
      parsePromptWords('Did Apple accept 5 offers in 2019?'),
      parsePromptWords('Did Samsung reject 6 offers in 2020?'),
    ).every(({ veto }) => veto),
  ).toBe(true);
});

test('every guard finds the same whichever prompt comes first', () => {
  const random = seededRandom(7);
  const vocabulary = (
    'how do I not never cancel renew a the first last 5 6 GB MB from to Rome Oslo Apple before ' +
    'after landlord tenant highest lowest who wrote sang when where painless painful least most ' +
    'with without accept reject cost requirements , . ? 2019 2020 March May available unavailable ' +
    'turn light on off is are all none at least at most why can cannot employer employee'
  ).split(' ');
  const speak = (): string =>
    Array.from(
      { length: 1 + Math.floor(random() * 14) },
      () => vocabulary[Math.floor(random() * vocabulary.length)],
    ).join(' ');
  for (let round = 0; round < 800; round++) {
    const [a, b] = [parsePromptWords(speak()), parsePromptWords(speak())];
    const verdict = (x: typeof a, y: typeof a): readonly string[] =>
      findGuards(x, y).map(({ guard, veto }) => `${guard} ${veto}`);
    expect(verdict(b, a), `${a.text} | ${b.text}`).toEqual(verdict(a, b));
  }
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
