import { expect, test } from 'vitest';
import { loadLengths } from './lengths.mjs';

test("lengths count the guards' words, the same in both orders", async () => {
  const toLengths = await loadLengths();
  // 5 words (one a number, one a symbol) and 2.
  const [long, short] = ['What is 20 % off?', 'node.js 22'];
  const lengths = toLengths(long, short);
  expect(lengths.length).toBeCloseTo(Math.log(6), 12);
  expect(lengths.lengthGap).toBeCloseTo(Math.log(6 / 3), 12);
  expect(toLengths(short, long)).toEqual(lengths);
  expect(toLengths('🎉', '🎉')).toEqual({ length: 0, lengthGap: 0 });
});
