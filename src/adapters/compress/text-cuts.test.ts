import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyCuts, isTextCuts, putsIn, toCuts } from './text-cuts.js';

test('a shortened text is told by what is taken and what is passed by', () => {
  const text = 'The harbour was built in 1904, and nobody knows by whom. It closed in 1998.';
  const cut = 'The harbour was built in 1904. It closed in 1998.';
  expect(toCuts(text, cut)).toEqual([29, -26, 20]);
  expect(applyCuts(text, toCuts(text, cut))).toBe(cut);
});

test('what the text has not is put in', () => {
  expect(toCuts('one\ttwo\tthree', 'one three')).toEqual([3, ' ', -5, 5]);
  expect(applyCuts('one\ttwo\tthree', [3, ' ', -5, 5])).toBe('one three');
});

test('any text can be made of any other', () => {
  const texts = fc.array(fc.constantFrom('a', 'b', ' ', '\n', 'word', '\ud83c', '🎉'), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(texts, texts, (from, to) => {
      const [text, cut] = [from.join(''), to.join('')];
      expect(applyCuts(text, toCuts(text, cut))).toBe(cut);
    }),
  );
});

test('nothing is put in where leaving out is enough', () => {
  const words = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'sea', 'seat', ' '), fc.boolean()), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(words, (marked) => {
      const text = marked.map(([word]) => word).join('');
      const cut = marked.map(([word, isKept]) => (isKept ? word : '')).join('');
      expect(putsIn(toCuts(text, cut))).toBe(false);
      expect(applyCuts(text, toCuts(text, cut))).toBe(cut);
    }),
  );
});

test.for([[[99]], [[-99]], [[2, -1, 98]], [[3]], [[2, -1]], [[]]])(
  'cuts of a shorter or longer text are refused: %j',
  ([cuts]) => {
    expect(applyCuts('four', cuts!)).toBeUndefined();
  },
);

test('cuts are known from what is none', () => {
  expect(isTextCuts(toCuts('a b c', 'a\tc'))).toBe(true);
  for (const value of [undefined, null, 'abc', 7, {}, [0.5], [null], [true], [[1]]]) {
    expect(isTextCuts(value)).toBe(false);
  }
});

test('long texts take no time to speak of', () => {
  const words = Array.from({ length: 30_000 }, (_, at) => `word${(at * 7919) % 1000}`);
  const text = words.join(' ');
  const cut = words.filter((_, at) => at % 9 < 4).join(' ');
  const started = performance.now();
  expect(applyCuts(text, toCuts(text, cut))).toBe(cut);
  expect(applyCuts(text, toCuts(text, 'ö'.repeat(1000)))).toBe('ö'.repeat(1000));
  expect(performance.now() - started).toBeLessThan(4000);
});
