import { expect, test } from 'vitest';
import { findProtectedSpans } from './protected-spans.js';
import { findTagWords } from './tag-words.js';

test.each([
  ['<p>One, <a href="/a b">two</a>.</p><p>Three</p>', '<p>|<a href="/a b">|</a>|</p>|<p>|</p>'],
  ['H<sub>2</sub>O, x<sup>2</sup> and <b>bold</b>er', '</sup>|<b>'],
  ['word<br>word<p>word</p>', '<br>|<p>|</p>'],
  ['a {"b": "<i>c</i>"} d, if a < b and c > d', ''],
])('%s', (text, expected) => {
  const tags = findTagWords(text, findProtectedSpans(text));
  expect(tags.map((tag) => text.slice(...tag)).join('|')).toBe(expected);
});
