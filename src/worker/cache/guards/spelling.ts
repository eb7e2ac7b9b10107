import { isFunctionWord } from './function-words.js';
import type { PromptWords, Word } from './prompt-words.js';

/** From this length one wrong letter is a slip of the pen, not another name. */
const minTypoLength = 6;
const adjectiveEnding = /^(?:n|an|ian|ians|ean|ese|ish|i|er|ers)$/;

/** `Quora` and `Quoran`, `Bahubali` and `Baahubali`, `Brahma` and `Bramha`. */
export function isSpelledAlike(x: string, y: string): boolean {
  const [short, long] = x.length <= y.length ? [x, y] : [y, x];
  if (short.length >= 4 && long.startsWith(short) && adjectiveEnding.test(long.slice(short.length)))
    return true;
  const isNear = short.length >= 4 && short[0] === long[0] && long.length - short.length === 1;
  if (isNear && squeeze(short) === squeeze(long)) return true;
  if (short.length < minTypoLength || long.length - short.length > 1 || /\d/.test(x + y))
    return false;
  let head = 0;
  while (head < short.length && short[head] === long[head]) head++;
  let tail = 0;
  while (tail < short.length - head && short.at(-1 - tail) === long.at(-1 - tail)) tail++;
  if (short.length !== long.length) return head + tail >= short.length;
  const isSwapped = short[head] === long[head + 1] && short[head + 1] === long[head];
  return head + tail >= short.length - (isSwapped ? 2 : 1);
}

/** `Hellen` is `Helen`. */
function squeeze(word: string): string {
  return word.replace(/(.)\1/gu, '$1');
}

/** `United Nations` is there as `UN`, and `AI` as `artificial intelligence`. */
export function isShortFormIn(phrase: readonly Word[], other: PromptWords): boolean {
  if (phrase.length > 1 && other.lowers.has(toInitials(phrase))) return true;
  const acronym = phrase.length === 1 ? (phrase[0]?.lower ?? '') : '';
  if (acronym.length < 2 || acronym.length > 5) return false;
  const content = other.words.filter(({ lower }) => !isFunctionWord(lower));
  if (toInitials(content).includes(acronym)) return true;
  // Two letters in a row occur by chance.
  return acronym.length > 2 && toInitials(other.words).includes(acronym);
}

function toInitials(words: readonly Word[]): string {
  return words.map(({ lower }) => lower.charAt(0)).join('');
}
