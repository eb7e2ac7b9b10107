import type { PromptWords, Word } from './prompt-words.js';

/** The words of `a` that occur in `b` in no inflection. */
export function wordsMissing(a: PromptWords, b: PromptWords): readonly Word[] {
  return a.words.filter((word) => !b.stems.has(word.stem) && !b.lowers.has(word.lower));
}

/** How much of the smaller prompt's subject the other one shares, from 0 to 1. */
export function sharedContent(a: PromptWords, b: PromptWords): number {
  const [small, large] = a.contentStems.size <= b.contentStems.size ? [a, b] : [b, a];
  if (small.contentStems.size === 0) return 0;
  let shared = 0;
  for (const key of small.contentStems) if (large.contentStems.has(key)) shared++;
  return shared / small.contentStems.size;
}

/**
 * Whether the prompts say the same apart from `added`, what only one of them has: then that is the
 * difference, however the rest is put.
 */
export function isOnlyDifference(
  a: PromptWords,
  b: PromptWords,
  isAdded: (word: Word) => boolean,
): boolean {
  return isCovered(a, b, isAdded) && isCovered(b, a, isAdded);
}

function isCovered(a: PromptWords, b: PromptWords, isAdded: (word: Word) => boolean): boolean {
  return wordsMissing(a, b).every((word) => !a.contentStems.has(word.stem) || isAdded(word));
}

/** Past this many comparisons the prompts have too little in common for one word to matter. */
const maxComparisons = 2_500;

/** The words that only `a` has, each with every word that only `b` has and that is its opposite. */
export function findOppositeWords(
  a: PromptWords,
  b: PromptWords,
  isOpposite: (x: Word, y: Word) => boolean,
): readonly (readonly [Word, Word])[] {
  const [onlyA, onlyB] = [wordsMissing(a, b), wordsMissing(b, a)];
  if (onlyA.length * onlyB.length > maxComparisons) return [];
  return onlyA.flatMap((x) =>
    onlyB.filter((other) => isOpposite(x, other)).map((y) => [x, y] as const),
  );
}
