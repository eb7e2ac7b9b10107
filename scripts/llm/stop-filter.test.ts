import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStopFilter } from './stop-filter.mjs';

function filter(pieces: readonly string[], stops: readonly string[]): string {
  const stopFilter = createStopFilter(stops);
  let shown = '';
  for (const piece of pieces) {
    const { text, isStopped } = stopFilter.push(piece);
    shown += text;
    if (isStopped) return shown;
  }
  return shown + stopFilter.end();
}

test('a stop text that comes in pieces ends the answer and is no part of it', () => {
  expect(filter(['One', '. E', 'N', 'D. Two'], ['END'])).toBe('One. ');
});

test('what only begins like a stop text is shown, if late', () => {
  const stopFilter = createStopFilter(['END']);
  expect(stopFilter.push('THE EN')).toEqual({ text: 'THE ', isStopped: false });
  expect(stopFilter.push('TRY')).toEqual({ text: 'ENTRY', isStopped: false });
});

test('the first of several stop texts counts', () => {
  expect(filter(['a b c'], ['c', 'b'])).toBe('a ');
});

test('a stop text that is complete ends what another one began before', () => {
  expect(filter(['baa'], ['baa', 'a'])).toBe('b');
  expect(filter(['b', 'a', 'a'], ['baa', 'a'])).toBe('b');
  expect(filter(['ba'], ['a', 'ba'])).toBe('');
});

test('the pieces do not matter', () => {
  const short = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 });
  const stops = fc.array(
    short.filter((text) => text !== ''),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(fc.array(short), stops, (pieces, given) => {
      expect(filter(pieces, given)).toBe(filter([pieces.join('')], given));
    }),
    { numRuns: 1_000 },
  );
});
