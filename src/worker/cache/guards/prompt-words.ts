import { isFunctionWord } from './function-words.js';
import { stem } from './stem.js';

export type Word = {
  /** As written. */
  readonly text: string;
  /** Lower case, with the possessive ending and an abbreviation's dots gone: `U.S.` is `us`. */
  readonly lower: string;
  readonly stem: string;
  readonly start: number;
  readonly end: number;
  readonly startsSentence: boolean;
  /** A word is letters, maybe with digits; a number starts with a digit; the rest are symbols. */
  readonly kind: 'word' | 'number' | 'symbol';
};

/** One prompt, parsed once for all guards. */
export type PromptWords = {
  readonly text: string;
  readonly words: readonly Word[];
  readonly lowers: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  /** Stems of what the prompt is about: no function words, no symbols. */
  readonly contentStems: ReadonlySet<string>;
  /** Letters and digits only, in lower case: finds `you tube` by `youtube`. */
  readonly compact: string;
  /** False for prompts in title or upper case, where a capital does not point at a name. */
  readonly capitalsMeanNames: boolean;
};

/**
 * Guards compare prompts of a few sentences. Past this, a long paste would cost more than it tells,
 * and the semantic tier does not embed that far either.
 */
const maxWords = 600;

const abbreviation = String.raw`\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])\.?`;
/** Keeps `node.js` whole, and still cuts `done.how` where a blank was forgotten. */
const dottedEndings = [
  'js|ts|py|sh|cpp|php|sql|css|html|json|xml|ya?ml|csv|txt|md|pdf|docx?|xlsx?|jpe?g|png',
  'exe|jar|zip|tar|gz|conf|env|com|org|net|io|dev|ai|edu|gov',
].join('|');
const joint = [
  String.raw`['’]\p{L}+`,
  String.raw`(?<=\p{N})[.:/]\p{N}+`,
  String.raw`(?<=\p{N}),\p{N}{3}(?!\p{N})`,
  String.raw`\.\p{N}+`,
  String.raw`\.(?:${dottedEndings})(?![\p{L}\p{N}])`,
].join('|');
const abbreviated = /^\p{L}(?:\.\p{L})+\.?$/u;
const wordLike = String.raw`[\p{L}\p{M}\p{N}_]+(?:(?:${joint})[\p{N}\p{L}]*)*(?:\+\+|#)?`;
const symbol = '[%$€£¥₹°&<>=+]';
const tokenPattern = new RegExp(`${abbreviation}|${wordLike}|${symbol}`, 'gu');

export function parsePromptWords(text: string): PromptWords {
  const words: Word[] = [];
  let end = 0;
  for (const match of text.matchAll(tokenPattern)) {
    const gap = text.slice(end, match.index);
    words.push(toWord(match[0], match.index, words.length === 0 || /[.!?:;…\n"“]/.test(gap)));
    end = match.index + match[0].length;
    if (words.length === maxWords) break;
  }
  const spoken = words.filter((word) => word.kind !== 'symbol');
  const content = spoken.filter((word) => !isFunctionWord(word.lower));
  return {
    text,
    words,
    lowers: new Set(words.map((word) => word.lower)),
    stems: new Set(words.map((word) => word.stem)),
    contentStems: new Set(content.map((word) => word.stem)),
    compact: spoken.map((word) => word.lower).join(''),
    capitalsMeanNames: /\p{Ll}/u.test(text) && !isTitleCase(words),
  };
}

function toWord(text: string, start: number, startsSentence: boolean): Word {
  const lower = toLower(text);
  const kind = /^\p{N}/u.test(text) ? 'number' : /^[\p{L}\p{M}_]/u.test(text) ? 'word' : 'symbol';
  return {
    text,
    lower,
    stem: kind === 'word' ? stem(lower) : lower,
    start,
    end: start + text.length,
    startsSentence,
    kind,
  };
}

function toLower(text: string): string {
  const lower = text.toLowerCase();
  if (/^[a-z]+$/.test(lower)) return lower;
  const plain = lower.replaceAll('’', "'").replace(/'s?$/, '');
  return abbreviated.test(plain) ? plain.replaceAll('.', '') : plain;
}

/** Short words keep their lower case in titles, so only longer ones are counted. */
function isTitleCase(words: readonly Word[]): boolean {
  const telling = words.filter((w) => w.kind === 'word' && !w.startsSentence && w.text.length > 3);
  const capitals = telling.filter((word) => startsWithCapital(word.text)).length;
  return telling.length >= 3 && capitals / telling.length > 0.7;
}

export function startsWithCapital(text: string): boolean {
  const first = text.charAt(0);
  return first !== first.toLowerCase();
}
