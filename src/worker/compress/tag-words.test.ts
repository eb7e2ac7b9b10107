import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findProtectedSpans } from './protected-spans.js';
import { findTagWords } from './tag-words.js';
import { nastyText } from './test-nasty-text.js';

test.each([
  ['<p>One, <a href="/a b">two</a>.</p><p>Three</p>', '<p>|<a href="/a b">|</a>|</p>|<p>|</p>'],
  ['H<sub>2</sub>O, x<sup>2</sup> and <b>bold</b>er', '</sup>|<b>'],
  ['word<br>word<p>word</p>', '<br>|<p>|</p>'],
  ['<!-- a <b>note</b> --> x <i>y</i>', '<!-- a <b>note</b> -->|<i>|</i>'],
  ['do <b>not</b> pay', '<b>|</b>'],
  ['use `<b>`', ''],
  ['a {"b": "<i>c</i>"} d, if a < b and c > d', ''],
])('%s', (text, expected) => {
  const tags = findTagWords(text, findProtectedSpans(text));
  expect(tags.map((tag) => text.slice(...tag)).join('|')).toBe(expected);
});

test('in any text they are in order and apart', () => {
  const piece = fc.constantFrom('<b>', '</b>', '<p>', '<!--', '-->', '<a b="', '">', '<?x', 'not ');
  const text = fc
    .array(fc.oneof(piece, nastyText), { maxLength: 12 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (source) => {
      let last = 0;
      for (const [start, end] of findTagWords(source, findProtectedSpans(source))) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        last = end;
      }
    }),
    { numRuns: 500 },
  );
}, 60_000);
