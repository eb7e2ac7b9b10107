import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nastyText } from './test-nasty-text.js';
import { withoutKeepTags } from './without-keep-tags.js';

test('a text without tags is left alone', () => {
  const { text, toSource } = withoutKeepTags('a <b> c', []);
  expect(text).toBe('a <b> c');
  expect(toSource([[0, 3]])).toEqual([[0, 3]]);
});

describe('with tags', () => {
  const source = 'ab <skimp keep>cd</skimp> ef';
  const span = { start: 15, end: 17, kind: 'keep-region', mode: 'keep' } as const;
  const untagged = withoutKeepTags(source, [span]);

  test('they are gone, and spans have moved', () => {
    expect(untagged.text).toBe('ab cd ef');
    expect(untagged.spans).toEqual([{ ...span, start: 3, end: 5 }]);
  });

  test.each<[string, [number, number], [number, number][]]>([
    ['before them', [0, 2], [[0, 2]]],
    ['up to one', [0, 3], [[0, 3]]],
    ['between them', [3, 5], [[15, 17]]],
    [
      'across one',
      [1, 4],
      [
        [1, 3],
        [15, 16],
      ],
    ],
    [
      'across both',
      [0, 8],
      [
        [0, 3],
        [15, 17],
        [25, 28],
      ],
    ],
    ['after them', [5, 8], [[25, 28]]],
  ])('a slice %s is found in the source', (_what, slice, expected) => {
    expect(untagged.toSource([slice])).toEqual(expected);
  });
});

test('slices are the same text in the source', () => {
  const cuts = fc.array(fc.nat(400), { maxLength: 12 });
  fc.assert(
    fc.property(nastyText, cuts, (source, offsets) => {
      const { text, toSource } = withoutKeepTags(source, []);
      const ends = [...new Set(offsets.map((offset) => Math.min(offset, text.length)))].toSorted(
        (a, b) => a - b,
      );
      const slices = ends.slice(1).map((end, at) => [ends[at]!, end] as const);
      const found = toSource(slices);
      expect(found.map(([start, end]) => source.slice(start, end)).join('')).toBe(
        text.slice(ends[0] ?? 0, ends.at(-1) ?? 0),
      );
      for (const [start, end] of found) expect(start).toBeLessThan(end);
    }),
  );
});
