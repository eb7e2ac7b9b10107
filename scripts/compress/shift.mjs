/**
 * What becomes of a text's words when others stand before it. Windows are cut anew then, and what
 * changes beyond the words' place shows the seams.
 */
import { share } from '../replay/statistics.mjs';

/** @typedef {import('./protected-spans.mjs').Slices} Slices */

/** 50 words that have nothing to say to any question, and the blank line behind them. */
const LEAD = `${[
  'It had rained since the early morning, and the square in front of the station was empty.',
  'A man with two umbrellas waited by the kiosk, read a page of his paper again, folded it,',
  'and looked at the clock. Nobody came. At ten he bought some bread and left.',
].join(' ')}\n\n`;

/** @param {string} text */
export function shiftText(text) {
  return `${LEAD}${text}`;
}

export function createShiftCount() {
  let [rows, words, changed] = [0, 0, 0];
  return {
    /**
     * @param {string} text
     * @param {Slices} plain what is kept of it
     * @param {Slices} shifted what is kept of `shiftText(text)`
     */
    add(text, plain, shifted) {
      const now = toKept(text, 0, plain);
      const then = toKept(text, LEAD.length, shifted);
      rows += 1;
      words += now.length;
      changed += now.filter((isKept, at) => isKept !== then[at]).length;
    },
    figures: () => ({ rows, words, changed, share: share(changed, words) }),
  };
}

/**
 * Whether each word of `text` is kept.
 *
 * @param {string} text
 * @param {number} before where it begins in what was compressed
 * @param {Slices} kept in order
 */
function toKept(text, before, kept) {
  let at = 0;
  return Array.from(text.matchAll(/\S+/g), ({ index }) => {
    const place = index + before;
    while (at < kept.length && /** @type {[number, number]} */ (kept[at])[1] <= place) at += 1;
    const slice = kept[at];
    return slice !== undefined && slice[0] <= place;
  });
}
