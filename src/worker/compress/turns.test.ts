import { expect, test } from 'vitest';
import { splitText } from './text-units.js';

/** Each turn as its label and what is labelled. */
function turnsOf(text: string) {
  const { words, turns } = splitText(text);
  const slice = (first: number, last: number) => text.slice(words[first]![0], words[last - 1]![1]);
  return turns.map(({ label, first, last }) => [slice(label, first), slice(first, last)]);
}

test('who speaks is a label, and a turn goes up to the next one', () => {
  expect(turnsOf('Lena: Is it locked?\nI left it.\n[10:42] Dr. Orr: Yes. Code 03.')).toEqual([
    ['Lena:', 'Is it locked?\nI left it.'],
    ['[10:42] Dr. Orr:', 'Yes. Code 03.'],
  ]);
});

test('so is what a value is of; a blank line ends a turn', () => {
  expect(turnsOf('Order\nDelivery address: 5 Mill Lane\nTotal: 12 crowns\n\nThank you.')).toEqual([
    ['Delivery address:', '5 Mill Lane'],
    ['Total:', '12 crowns'],
  ]);
});

test.each([
  ['a colon within a line', 'He said it twice, and then a third time: no.'],
  ['a colon that ends a line', 'These are needed:\n- salt'],
  ['more than a label before it', 'One, two: three. Is it? Yes: it is.'],
  ['a label of too many words', 'a b c d e: f'],
  ['a label of too many characters', `${'a'.repeat(40)}: b`],
  ['nothing', ''],
])('no label: %s', (_, text) => {
  expect(turnsOf(text)).toEqual([]);
});
