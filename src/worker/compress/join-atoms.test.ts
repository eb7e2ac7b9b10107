import { describe, expect, test } from 'vitest';
import { findSeparator, joinAtoms, toText } from './join-atoms.js';
import { findTestTags } from './test-tags.js';
import { splitCode, splitText } from './text-units.js';
import { toAtoms } from './atoms.js';

function join(text: string, kept: readonly string[], isCode = false): string {
  const tags = findTestTags(text);
  const units = isCode ? splitCode(text) : splitText(text, tags);
  const atoms = toAtoms({ units, spans: [], task: isCode ? 'code' : 'qa' });
  const isKept = (index: number) => {
    const { start, end } = atoms[index]!;
    return kept.includes(text.slice(start, end));
  };
  const slices = joinAtoms({ text, atoms }, isKept, { isCode });
  expect(slices.map((slice) => text.slice(...slice)).join('')).toBe(toText(text, slices));
  for (const [at, [start, end]] of slices.entries()) {
    expect(start).toBeLessThan(end);
    expect(start).toBeGreaterThan(slices[at - 1]?.[1] ?? -1);
  }
  return toText(text, slices);
}

test.each([
  ['neighbours keep what stood between them', 'a  \t b c', ['a', 'b'], 'a  \t b'],
  ['one blank stands for what is missing', 'a b  c d', ['a', 'd'], 'a d'],
  ['a line break stands for a gap with one', 'a b\nc d', ['a', 'd'], 'a\nd'],
  ['a blank line for a gap with one', 'a b\n\nc\nd e', ['a', 'e'], 'a\n\ne'],
  ['a blank line may hold blanks', 'a b\n  \nc d', ['a', 'd'], 'a\n  \nd'],
  ['carriage returns stay with their line breaks', 'a b\r\nc d', ['a', 'd'], 'a\r\nd'],
  ['and in blank lines', 'a b\r\n\r\nc d', ['a', 'd'], 'a\r\n\r\nd'],
  ['many line breaks become a blank line', 'a b\n\n\n\nc d', ['a', 'd'], 'a\n\nd'],
  ['the indentation of what follows stays', 'a b\n  - c', ['a', '-', 'c'], 'a\n  - c'],
  ['that of what is dropped does not', 'a b\n  - c d', ['a', 'd'], 'a\nd'],
  ['nothing stands at the ends', '  a b\n', ['a'], 'a'],
  ['nothing but what is kept', '\n\n a b\n\n', ['b'], 'b'],
  ['characters without blanks between them have none', '漢字文', ['漢', '文'], '漢文'],
  ['where nothing is kept nothing stands', 'a b', [], ''],
])('%s', (_what, text, kept, expected) => {
  expect(join(text, kept)).toBe(expected);
});

test.each([
  ['<p>One two three.</p>', ['two'], '<p>two</p>'],
  ['<p>One two three.</p>', ['three.'], '<p>three.</p>'],
  ['<p>One</p> <p>two</p>', [], '<p></p> <p></p>'],
  ['One <br> two three', ['three'], '<br> three'],
  ['One two<br>three four', ['four'], '<br>four'],
  ['<p>One</p>, two', ['two'], '<p></p> two'],
])('next to the inside of tags no blank stands where none stood: %s', (text, kept, expected) => {
  expect(join(text, [...kept, '<p>', '</p>', '<br>'])).toBe(expected);
});

describe('code', () => {
  const code =
    'def f(a):\n    """Text."""\n\n    b = a\n    if b:\n        return b\n    return a\n';

  test('statements keep their line and indentation', () => {
    expect(join(code, ['def f(a):', 'return b', 'return a'], true)).toBe(
      'def f(a):\n        return b\n    return a',
    );
  });

  test('no blank line stands for a gap', () => {
    expect(join(code, ['def f(a):', 'b = a'], true)).toBe('def f(a):\n    b = a');
  });

  test('neighbours keep it', () => {
    expect(join(code, ['"""Text."""', 'b = a'], true)).toBe('    """Text."""\n\n    b = a');
  });

  test('the first line keeps its indentation', () => {
    expect(join(code, ['b = a', 'if b:'], true)).toBe('    b = a\n    if b:');
  });
});

test('a gap without white space has no separator', () => {
  expect(findSeparator('abc', [1, 2], { isCode: false })).toEqual([2, 2]);
});
