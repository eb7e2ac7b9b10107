import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { hasWords, longTexts, nastyText } from './test-nasty-text.js';
import { findTestTags } from './test-tags.js';
import { splitCode, splitText, type TextUnits } from './text-units.js';

/** Long texts on busy machines, not a speed to reach. */
const timeout = 120_000;

type GoldenRow = {
  readonly kind: 'text' | 'code';
  readonly text: string;
  readonly words: readonly string[];
  readonly sentences: readonly number[];
  readonly phrases: readonly number[];
  readonly turns: readonly (readonly [label: number, first: number, last: number])[];
};

const golden = JSON.parse(
  readFileSync(new URL('text-units.golden.json', import.meta.url), 'utf8'),
) as readonly GoldenRow[]; // written by the training's tests

const splits = { text: splitText, code: splitCode };

test.each(golden)('cuts as the training does: $kind $#', ({ kind, text, ...expected }) => {
  const { words, sentences, phrases, turns } = splits[kind](text);
  expect({
    words: words.map((word) => text.slice(...word)),
    sentences,
    phrases,
    turns: turns.map(({ label, first, last }) => [label, first, last]),
  }).toEqual(expected);
});

describe.each(Object.entries(splits))('%s', (_, split) => {
  test('any text is cut into words that hold all of it but its blanks', { timeout }, () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        expect(findFlaws(text, split(text))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test.each(longTexts)('200,000 words are cut: %s', { timeout }, (_, text) => {
    expect(findFlaws(text, split(text))).toEqual([]);
  });
});

test.each([
  ['a word of 20,000,000 characters', '😀'.repeat(10_000_000), 1],
  ['half a pair', '\ud840a \ud840\udc00\ud840', 4],
])('%s', (_, text, words) => {
  expect(splitText(text).words).toHaveLength(words);
});

test('tags are words, and those that stand in no line are sentences', () => {
  const text = '<ul><li>One is <b class="x y">red.</b> Two</li>\n<li>is blue.</li></ul>';
  const tags = findTestTags(text);
  const { words, sentences } = splitText(text, tags);
  const sentencesOf = sentences.map((first, at) =>
    words.slice(first, sentences[at + 1]).map((word) => text.slice(...word)),
  );
  expect(sentencesOf).toEqual([
    ['<ul>'],
    ['<li>'],
    ['One', 'is', '<b class="x y">', 'red.'],
    ['</b>', 'Two'],
    ['</li>'],
    ['<li>'],
    ['is', 'blue.'],
    ['</li>'],
    ['</ul>'],
  ]);
});

/** What is wrong with the units of a text, in words. */
function findFlaws(
  text: string,
  { words, sentences, phrases, turns }: TextUnits,
): readonly string[] {
  const flaws: string[] = [];
  let last = 0;
  for (const [start, end] of [...words, [text.length, text.length + 1] as const]) {
    if (start < last || end <= start) flaws.push(`a word from ${start} to ${end}, after ${last}`);
    if (hasWords(text, [last, start])) flaws.push(`no word from ${last} to ${start}`);
    if (isInsidePair(text, start)) flaws.push(`a pair cut at ${start}`);
    last = end;
  }
  let behind = 0;
  for (const { label, first, last: end } of turns) {
    if (label < behind || first <= label || end <= first) flaws.push(`a turn at ${label}`);
    behind = end;
  }
  if (behind > words.length) flaws.push('a turn behind the last word');
  const begins = new Set(phrases);
  if (!sentences.every((index) => begins.has(index))) flaws.push('a sentence within a phrase');
  for (const starts of [sentences, phrases]) {
    if (starts[0] !== (words.length === 0 ? undefined : 0)) flaws.push('no unit at the start');
    if (!starts.every((index, at) => at === 0 || index > (starts[at - 1] ?? -1)))
      flaws.push('units out of order');
    if ((starts.at(-1) ?? 0) > words.length) flaws.push('a unit behind the last word');
  }
  return flaws;
}

function isInsidePair(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 1), at + 1));
}
