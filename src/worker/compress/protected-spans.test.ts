import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProtectedSpan } from './protect/span.js';
import { findProtectedSpans } from './protected-spans.js';
import { longTexts, nastyText } from './test-nasty-text.js';

/** Long texts on busy machines, not a speed to reach. */
const timeout = 120_000;

/** `kind: what is protected`, with `!` where it is always kept. */
function describeSpans(text: string): readonly string[] {
  return findProtectedSpans(text).map(
    ({ kind, mode, start, end }) =>
      `${kind}${mode === 'keep' ? '!' : ''}: ${text.slice(start, end)}`,
  );
}

test('each kind is found, kept or kept whole', { timeout }, () => {
  const text =
    '<skimp keep>Be brief.</skimp> Dear {{name}}, you do not pay $5.00 before 3 pm: run `npm i`, see ' +
    'https://a.example/b or <b>ask</b> a@b.example about "the fee", {"id": 7}.\n```\ncode\n```\n';
  expect(describeSpans(text)).toEqual([
    'keep-region!: Be brief.',
    'placeholder!: {{name}}',
    'negation: do not pay',
    'number: $5.00',
    'date: before 3 pm',
    'inline-code: `npm i`',
    'url: https://a.example/b',
    'xml-tag: <b>ask</b>',
    'email: a@b.example',
    'quote: "the fee"',
    'json!: {"id": 7}',
    'code-fence!: ```\ncode\n```',
  ]);
});

test('tags are always kept, but for those of a short element within a line', () => {
  expect(describeSpans('<p>It is <a href="{{url}}">here</a> or <i>there</i>.</p>')).toEqual([
    'xml-tag!: <p>',
    'xml-tag!: <a href="{{url}}">here</a>',
    'xml-tag: <i>there</i>',
    'xml-tag!: </p>',
  ]);
  expect(describeSpans('{"a": "<b>c</b>"} <!-- <b>d</b> --> <b>{{e}}</b>')).toEqual([
    'json!: {"a": "<b>c</b>"}',
    'xml-tag!: <!-- <b>d</b> -->',
    'xml-tag!: <b>{{e}}</b>',
  ]);
});

test.each([
  ['You do <b>not</b> pay.', ['negation: do <b>not</b> pay']],
  [
    'It is <b>not <i>at all</i> free</b>.',
    ['negation!: is <b>not <i>at all</i>', 'xml-tag!: </b>'],
  ],
  ['Take <b>5</b> mg <i>twice</i>.', ['xml-tag: <b>5</b> mg', 'xml-tag: <i>twice</i>']],
  ['Due <b>14</b> May<br>2026', ['date: <b>14</b> May', 'xml-tag!: <br>', 'number: 2026']],
  ['use `<b>` or `a <i>b</i>`', ['inline-code!: `<b>`', 'inline-code: `a <i>b</i>`']],
  ['so "the <b>old</b> fee"', ['quote: "the <b>old</b> fee"']],
])('what is kept whole is found across tags within a line: %s', (text, expected) => {
  expect(describeSpans(text)).toEqual(expected);
});

test('spans that overlap are one, of the longer kind, kept if either is', () => {
  expect(describeSpans('not "more than 5 days" {"url": "http://a.example"}')).toEqual([
    'quote: not "more than 5 days"',
    'json!: {"url": "http://a.example"}',
  ]);
  expect(describeSpans('see https://a.example/{id}/b for it')).toEqual([
    'url!: https://a.example/{id}/b',
  ]);
});

test('what stands in code is nothing but code', () => {
  expect(describeSpans('a ` b\n```\nc ` "d\n```\ne" f')).toEqual(['code-fence!: ```\nc ` "d\n```']);
});

test('the tags of keep regions are in no span, not even in code', () => {
  const text = '<skimp keep>a ```b``` <skimp keep>c</skimp></skimp>\n```\nd</skimp>e\n```';
  expect(describeSpans(text)).toEqual([
    'keep-region!: a ```b``` ',
    'keep-region!: c',
    'code-fence!: ```\nd',
    'code-fence!: e\n```',
  ]);
});

test('spans of any text are in order, apart, inside it and cut no pair', { timeout }, () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      expect(findFlaws(text, findProtectedSpans(text))).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test('what has been found is found between other texts', { timeout }, () => {
  const pieces = fc.constantFrom(
    ...'{{a}}|{"a": [null]}|<b c="d">|`e f`|"g h"|12.5 kg|is not i|3 pm'.split('|'),
  );
  const words = fc.lorem({ maxCount: 3 });
  fc.assert(
    fc.property(fc.array(fc.tuple(words, pieces)), (parts) => {
      const text = parts.map(([before, piece]) => `${before}: ${piece}. `).join('');
      const found = findProtectedSpans(text).map(({ start, end }) => text.slice(start, end));
      expect(found).toEqual(parts.map(([, piece]) => piece));
    }),
  );
});

test.each(longTexts)('200,000 words are read: %s', { timeout }, (_, text) => {
  expect(findFlaws(text, findProtectedSpans(text))).toEqual([]);
});

test.each([
  ['no text', ''],
  ['one word', 'word'],
  ['blanks', ' \n\t'],
])('nothing is protected in %s', (_, text) => {
  expect(findProtectedSpans(text)).toEqual([]);
});

test.each([
  ['a JSON string of escapes', JSON.stringify(['\n'.repeat(3_000_000)])],
  ['a tag of attributes', `<a ${'b="c" '.repeat(1_000_000)}>`],
  ['a number of groups', '1,'.repeat(5_000_000)],
  ['an address of pairs', `https://${'😀'.repeat(3_000_000)}`],
])('no pattern runs out of stack on %s', { timeout }, (_, text) => {
  expect(() => findProtectedSpans(text)).not.toThrow();
});

/** What is wrong with the spans of a text, in words. */
function findFlaws(text: string, spans: readonly ProtectedSpan[]): readonly string[] {
  const flaws: string[] = [];
  let last = 0;
  for (const { kind, start, end } of spans) {
    const name = `${kind} from ${start} to ${end}`;
    if (start < last || end <= start || end > text.length) flaws.push(`${name}, after ${last}`);
    if (isInsidePair(text, start) || isInsidePair(text, end)) flaws.push(`${name} cuts a pair`);
    last = end;
  }
  return flaws;
}

function isInsidePair(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 1), at + 1));
}
