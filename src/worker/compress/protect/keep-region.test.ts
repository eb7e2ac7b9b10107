import { expect, test } from 'vitest';
import { findKeepTags, keepRegion } from './keep-region.js';
import { describeRule } from './test-rule.js';

describeRule(keepRegion, [
  'no tags',
  'a <skimp keep>⟦b c⟧</skimp> d',
  'a <SKIMP  Keep >⟦b⟧</skimp > d <skimp\nkeep>⟦e⟧</skimp>',
  'a <skimp keep></skimp> b',
  'not closed <skimp keep>⟦to the end⟧',
  'nested <skimp keep>⟦a ⟧<skimp keep>⟦b⟧</skimp>⟦ c⟧</skimp> d',
  'stray </skimp> a <skimp keep>⟦b⟧</skimp></skimp> c <skimp> d <skimpy keep>',
]);

test('tags are found where they open, close or stray', () => {
  const text = '</skimp>a<skimp keep>b</skimp><skimp>';
  const tags = findKeepTags(text).map((range) => text.slice(...range));
  expect(tags).toEqual(['</skimp>', '<skimp keep>', '</skimp>']);
});
