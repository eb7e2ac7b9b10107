import { expect, test } from 'vitest';
import { chooseEntry, faqEntries, normalise, phrasingsOf } from './choose-entry.mjs';

test('every known phrasing is answered by its own entry', () => {
  for (const entry of faqEntries) {
    for (const phrasing of phrasingsOf(entry)) {
      expect(chooseEntry(phrasing), phrasing).toEqual({ entry, match: 'exact' });
    }
  }
});

test('no phrasing belongs to two entries, and no two entries share an id', () => {
  const phrasings = faqEntries.flatMap((entry) => phrasingsOf(entry).map(normalise));
  expect(new Set(phrasings).size).toBe(phrasings.length);
  expect(new Set(faqEntries.map(({ id }) => id)).size).toBe(faqEntries.length);
});

test('every answer has two to four sentences', () => {
  for (const { id, answer } of faqEntries) {
    const sentences = answer.split(/(?<=[.!?]"?)\s+(?=\p{Lu}|\d)/u);
    expect(sentences.length, id).toBeGreaterThanOrEqual(2);
    expect(sentences.length, id).toBeLessThanOrEqual(4);
  }
});

test('case, punctuation, quotes and spacing do not matter', () => {
  expect(chooseEntry('  WHAT’s the capital, of Australia ')).toMatchObject({
    entry: { id: 'capital-australia' },
    match: 'exact',
  });
});

test('digits and units do matter', () => {
  expect(chooseEntry('Which sleeping bag is warm enough for 0 °F?').entry.id).toBe(
    'sleeping-bag-0-f',
  );
});

test('an unknown phrasing gets the entry whose words it shares', () => {
  expect(chooseEntry('So who actually wrote Pride and Prejudice then?')).toMatchObject({
    entry: { id: 'pride-and-prejudice' },
    match: 'overlap',
  });
});

test.each([
  'Why is the sky blue?',
  'What is the capital of Germany?',
  'Who won the FIFA World Cup in 2014?',
  '',
  '?!',
  'the of it',
])('it does not know %j', (question) => {
  expect(chooseEntry(question)).toMatchObject({ entry: { id: 'unknown' }, match: 'none' });
});
