import { isFunctionWord } from './function-words.js';
import { oncePerPrompt } from './once-per-prompt.js';
import type { PromptWords, Word } from './prompt-words.js';
import { toWordSet } from './word-lists.js';

/** Between these, changing places keeps the question: `tea or coffee`, `tea vs coffee`. */
const symmetric = toWordSet('and or vs versus v with between nor plus');
/** A part that opens like this is an adjunct, free to move: `on Sunday from Rome`. */
const openers = toWordSet(
  'in on at by for from with during of to via after before under through since until while ' +
    'if when as into than',
);
const questionWords = toWordSet('who what which when where why how whom whose');
/** Carries an order although it is a function word. */
const directed = toWordSet('from to than over by in on into for of before after under without via');
/** `can I sue them` and `can they sue me` hold the same two parties. */
const subjectForms = new Map([
  ['i', 'i'],
  ['me', 'i'],
  ['we', 'we'],
  ['us', 'we'],
  ['he', 'he'],
  ['him', 'he'],
  ['they', 'they'],
  ['them', 'they'],
]);
/** Longest part that is looked for on the other side, in words. */
const maxPart = 6;
/** Longest stretch in which a swap is looked for, in words. */
const maxStretch = 24;

type Spans = {
  readonly first: readonly Word[];
  readonly middle: readonly Word[];
  readonly last: readonly Word[];
};

/** Equal prompts but for two parts in each other's place: `did Ann sue Bob`, `did Bob sue Ann`. */
export function matchSwap(a: PromptWords, b: PromptWords): string | undefined {
  const [wordsA, wordsB] = [comparable(a), comparable(b)];
  if (wordsA.length !== wordsB.length) return undefined;
  let head = 0;
  while (head < wordsA.length && wordsA[head]?.stem === wordsB[head]?.stem) head++;
  let tail = wordsA.length;
  while (tail > head && wordsA[tail - 1]?.stem === wordsB[tail - 1]?.stem) tail--;
  if (tail - head < 3 || tail - head > maxStretch || wordsA[head - 1]?.lower === 'between')
    return undefined;
  const [stretchA, stretchB] = [wordsA.slice(head, tail), wordsB.slice(head, tail)];
  const spans = splitSwap(stretchA, stretchB);
  if (!spans || !isDirected(spans, a.text) || isPossessiveTurned(spans, stretchB)) return undefined;
  return `${spell(stretchA)} / ${spell(stretchB)}`;
}

const comparable = oncePerPrompt(toComparable);

function toComparable({ words }: PromptWords): readonly Word[] {
  return words
    .filter(({ lower, kind }) => kind !== 'symbol' && !/^(?:the|a|an|please)$/.test(lower))
    .map((word) => ({ ...word, stem: subjectForms.get(word.lower) ?? word.stem }));
}

/** Cuts `a` into X middle Y such that `b` is Y middle X. */
function splitSwap(a: readonly Word[], b: readonly Word[]): Spans | undefined {
  for (let x = 1; x <= Math.min(maxPart, a.length - 2); x++) {
    if (!isSame(a.slice(0, x), b.slice(b.length - x))) continue;
    for (let y = 1; y <= Math.min(maxPart, a.length - x - 1); y++) {
      const middle = a.slice(x, a.length - y);
      const fits =
        isSame(a.slice(a.length - y), b.slice(0, y)) && isSame(middle, b.slice(y, b.length - x));
      if (fits) return { first: a.slice(0, x), middle, last: a.slice(a.length - y) };
    }
  }
  return undefined;
}

function isSame(x: readonly Word[], y: readonly Word[]): boolean {
  return x.length === y.length && x.every((word, at) => word.stem === y[at]?.stem);
}

function isDirected({ first, middle, last }: Spans, text: string): boolean {
  const parts = [first, last];
  if (parts.some((part) => openers.has(part[0]?.lower ?? ''))) return false;
  if (parts.some((part) => part.some(({ lower }) => questionWords.has(lower)))) return false;
  if (parts.some((part) => part.every(isEmptyWord))) return false;
  if (middle.some(({ lower }) => symmetric.has(lower))) return false;
  const gaps =
    text.slice(first.at(-1)?.end, middle[0]?.start) +
    text.slice(middle.at(-1)?.end, last[0]?.start);
  if (/[,/&;?!]/.test(gaps)) return false;
  return middle.some(({ lower }) => directed.has(lower) || !isFunctionWord(lower));
}

function isEmptyWord({ lower, stem }: Word): boolean {
  return isFunctionWord(lower) && ![...subjectForms.values()].includes(stem);
}

/** `Ann's place of birth` is `birth place of Ann`. */
function isPossessiveTurned({ first, middle, last }: Spans, other: readonly Word[]): boolean {
  if (!middle.some(({ lower }) => lower === 'of')) return false;
  const here = [...first, ...last].filter(isPossessive).length;
  return here !== other.filter(isPossessive).length;
}

function isPossessive({ text }: Word): boolean {
  return /['’]s?$/.test(text);
}

function spell(words: readonly Word[]): string {
  return words.map(({ lower }) => lower).join(' ');
}
