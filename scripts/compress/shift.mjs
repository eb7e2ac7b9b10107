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

/**
 * The budget at which the text itself keeps about as much behind the 50 words as it did alone: what
 * is kept of those is added.
 *
 * @param {{ text: string, kept: Slices, keptTokens: number }} plain
 * @param {Slices} shifted what is kept of `shiftText(text)`, to as many tokens
 */
export function addLead({ text, kept, keptTokens }, shifted) {
  const alone = countKept(text, 0, kept);
  const behind = countKept(text, LEAD.length, shifted);
  return Math.max(1, Math.round(keptTokens * (1 + (alone - behind) / Math.max(1, alone))));
}

export function createShiftCount() {
  let [rows, words, changed, ownChanged] = [0, 0, 0, 0];
  return {
    /**
     * @param {{ text: string, kept: Slices }} plain
     * @param {Slices} shifted what is kept of `shiftText(text)`, to as many tokens in all
     * @param {Slices} own what is kept of that when the 50 words have tokens of their own
     */
    add({ text, kept }, shifted, own) {
      const now = toKept(text, 0, kept);
      rows += 1;
      words += now.length;
      changed += countOther(now, toKept(text, LEAD.length, shifted));
      ownChanged += countOther(now, toKept(text, LEAD.length, own));
    },
    figures: () => ({
      rows,
      words,
      changed,
      share: share(changed, words),
      ownChanged,
      ownShare: share(ownChanged, words),
    }),
  };
}

/** @param {readonly boolean[]} now @param {readonly boolean[]} then */
function countOther(now, then) {
  return now.filter((isKept, at) => isKept !== then[at]).length;
}

/** @param {string} text @param {number} before @param {Slices} kept */
function countKept(text, before, kept) {
  return toKept(text, before, kept).filter(Boolean).length;
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
