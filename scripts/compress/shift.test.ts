import { expect, test } from 'vitest';
import { addLead, createShiftCount, shiftText } from './shift.mjs';

test('50 words stand before', () => {
  const lead = shiftText('');
  expect(lead.trim().split(/\s+/)).toHaveLength(50);
  expect(shiftText('a b')).toBe(`${lead}a b`);
});

test('words whose fate another place changes are counted', () => {
  const count = createShiftCount();
  const before = shiftText('').length;
  const at = (start: number, end: number) => [before + start, before + end] as const;
  count.add({ text: 'ab cd ef', kept: [[0, 5]] }, [[0, 9], at(0, 2), at(6, 8)], [[0, 9], at(0, 8)]);
  count.add({ text: 'ab cd', kept: [[3, 5]] }, [at(2, 5)], [at(2, 5)]);
  expect(count.figures()).toEqual({
    rows: 2,
    words: 5,
    changed: 2,
    share: 0.4,
    ownChanged: 1,
    ownShare: 0.2,
  });
});

test('what the 50 words take is given to the text', () => {
  const before = shiftText('').length;
  const plain = { text: 'ab cd ef gh', kept: [[0, 11]] as const, keptTokens: 8 };
  expect(addLead(plain, [[0, before + 5]])).toBe(12);
  expect(addLead(plain, [[before, before + 11]])).toBe(8);
  expect(addLead({ ...plain, kept: [] }, [])).toBe(8);
});

test('no rows have no share', () => {
  expect(createShiftCount().figures().share).toBeNull();
});
