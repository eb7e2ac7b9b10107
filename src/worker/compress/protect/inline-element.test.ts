import { expect, test } from 'vitest';
import { inlineElement, inlineTag } from './inline-element.js';
import { describeRule } from './test-rule.js';

describeRule(inlineElement, [
  'see ⟦<a href="/b" class=c>the\nprice list</a>⟧, H⟦<sub>2</sub>⟧O and ⟦<B>bold</B >⟧er',
  '<b>not all, but ⟦<i>this</i>⟧ alone</b>',
  '<p>a paragraph</p> <data>of a prompt</data> <code>x</code> <abc>d</abc>',
  'empty: <span id="root"></span> <b> </b>',
  `long: <a>${'word '.repeat(40)}</a>`,
  'open <b>only, <i>crossed</b></i>',
]);

test.each([
  ['<b>', true],
  ['</span>', true],
  ['<code class="x">', true],
  ['<br/>', false],
  ['<a-b>', false],
  ['<p>', false],
])('a sentence goes on across %s: %s', (tag, expected) => {
  expect(inlineTag.test(tag)).toBe(expected);
});
