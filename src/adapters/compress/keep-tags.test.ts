import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findKeepTags } from '../../worker/compress/protect/keep-region.js';
import { blankKeepTags, clearOfRegions, stripKeepTags } from './keep-tags.js';

const clear = (text: string, piece: string) => {
  const start = text.indexOf(piece);
  return text.slice(...clearOfRegions(text, [start, start + piece.length]));
};

test('tags go, and what they enclose stays', () => {
  expect(stripKeepTags('a <skimp keep>b</skimp> c</skimp> <skimp keep>')).toBe('a b c ');
  expect(blankKeepTags('a<skimp keep>b</skimp>c')).toBe(`a${' '.repeat(12)}b${' '.repeat(8)}c`);
  expect(stripKeepTags('a <skimp> <b> </b>')).toBe('a <skimp> <b> </b>');
});

test('a slice keeps the regions within it, and gives up those on its borders', () => {
  const text = 'a<skimp keep>b c</skimp>d e<skimp keep>f g</skimp>h';
  expect(clear(text, 'a<skimp keep>b c</skimp>d')).toBe('a<skimp keep>b c</skimp>d');
  expect(clear(text, 'c</skimp>d e<skimp keep>f')).toBe('d e');
  expect(clear(text, 'd e')).toBe('d e');
  expect(clear(text, 'b')).toBe('');
  const nested = 'a<skimp keep>b<skimp keep>c</skimp>d</skimp>e';
  expect(clear(nested, 'd</skimp>e')).toBe('e');
  expect(clear('a b<skimp keep>c d', 'a b<skimp keep>c')).toBe('a b');
});

test('tags are what the worker takes for them', () => {
  const pieces = fc.constantFrom('<', '/', 'skimp', 'SKIMP', ' ', '\n', 'keep', 'Keep', '>', 'a');
  const tag = fc.constantFrom(
    '<skimp keep>',
    '</skimp>',
    '<skimp\tkeep >',
    '</skimp keep>',
    '<skimp>',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, tag)), (all) => {
      const text = all.join('');
      const rest = findKeepTags(text).reduceRight(
        (left, [start, end]) => left.slice(0, start) + left.slice(end),
        text,
      );
      expect(stripKeepTags(text)).toBe(rest);
    }),
  );
});
