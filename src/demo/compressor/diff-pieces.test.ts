import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProtectedPart } from '../../shared/compression.js';
import { countKinds, type Slice, toParts, toPieces } from './diff-pieces.js';

const source = 'It is not 5 km to the old mill.';
const parts: readonly ProtectedPart[] = [
  [3, 14, 'negation', 'whole'],
  [26, 30, 'quote', 'whole'],
];
const shown = (range: Slice, kept: readonly Slice[]) =>
  toPieces(range, { kept, protected: parts }).map(({ start, end, isKept, kind }) => [
    source.slice(start, end),
    isKept,
    kind,
  ]);

describe('pieces', () => {
  test('say what is kept and what protects it', () => {
    expect(
      shown(
        [0, source.length],
        [
          [3, 15],
          [22, 25],
        ],
      ),
    ).toEqual([
      ['It ', false, undefined],
      ['is not 5 km', true, 'negation'],
      [' ', true, undefined],
      ['to the ', false, undefined],
      ['old', true, undefined],
      [' ', false, undefined],
      ['mill', false, 'quote'],
      ['.', false, undefined],
    ]);
  });

  test('of a part begin and end where it does', () => {
    expect(shown([6, 24], [[3, 15]])).toEqual([
      ['not 5 km', true, 'negation'],
      [' ', true, undefined],
      ['to the ol', false, undefined],
    ]);
    expect(shown([4, 4], [[3, 15]])).toEqual([]);
  });

  test('are the whole part for any slices, and agree with them', () => {
    const slices = fc
      .uniqueArray(fc.nat(60), { maxLength: 14 })
      .map((edges) => edges.sort((a, b) => a - b))
      .map((edges) =>
        Array.from(
          { length: Math.floor(edges.length / 2) },
          (_, at) => [edges[2 * at] ?? 0, edges[2 * at + 1] ?? 0] as const,
        ),
      );
    fc.assert(
      fc.property(slices, slices, fc.nat(30), fc.nat(30), (kept, spans, from, length) => {
        const range = [from, from + length] as const;
        const pieces = toPieces(range, {
          kept,
          protected: spans.map(([start, end]) => [start, end, 'number', 'whole'] as const),
        });
        let at = from;
        for (const { start, end, isKept, kind } of pieces) {
          expect(start).toBe(at);
          expect(end).toBeGreaterThan(start);
          for (let offset = start; offset < end; offset += 1) {
            const isIn = ([first, last]: Slice) => first <= offset && offset < last;
            expect(kept.some(isIn)).toBe(isKept);
            expect(spans.some(isIn)).toBe(kind === 'number');
          }
          at = end;
        }
        expect(at).toBe(from + length);
      }),
    );
  });
});

describe('parts', () => {
  test('are the whole text, none too long, cut where a line or a word ends', () => {
    const text = `${'one two three four\n'.repeat(20)}end`;
    const parts = toParts(text, 50);
    expect(parts.map((part) => text.slice(...part)).join('')).toBe(text);
    expect(Math.max(...parts.map(([start, end]) => end - start))).toBeLessThanOrEqual(50);
    expect(new Set(parts.slice(0, -1).map(([, end]) => text[end - 1]))).toEqual(new Set('\n'));
    expect(toParts('one two three four', 10)).toEqual([
      [0, 8],
      [8, 18],
    ]);
  });

  test('cut no surrogate pair where nothing separates', () => {
    const text = 'a😀😀😀';
    expect(toParts(text, 4).map((part) => text.slice(...part))).toEqual(['a😀', '😀😀']);
  });

  test('of an empty or a short text are one', () => {
    expect(toParts('', 5)).toEqual([[0, 0]]);
    expect(toParts('12345', 5)).toEqual([[0, 5]]);
  });
});

test('kinds are counted, the commonest first, and what of them is kept', () => {
  const kept: readonly Slice[] = [
    [0, 4],
    [10, 20],
  ];
  const parts: readonly ProtectedPart[] = [
    [1, 4, 'url', 'whole'],
    [5, 7, 'number', 'whole'],
    [10, 12, 'number', 'whole'],
    [18, 20, 'number', 'whole'],
    [20, 24, 'number', 'keep'],
  ];
  expect(countKinds({ kept, protected: parts })).toEqual([
    { kind: 'number', mode: 'whole', total: 3, kept: 2 },
    { kind: 'url', mode: 'whole', total: 1, kept: 1 },
    { kind: 'number', mode: 'keep', total: 1, kept: 0 },
  ]);
  expect(countKinds({ kept })).toEqual([]);
});
