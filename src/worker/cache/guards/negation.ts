import { never, type Difference, type Guard } from './guard.js';
import type { PromptWords, Word } from './prompt-words.js';
import { oncePerPrompt } from './once-per-prompt.js';
import { isOppositeByPrefix } from './opposite-affixes.js';
import { isNegatedAt, isNegator } from './negators.js';
import { stem } from './stem.js';
import { findOppositeWords, sharedContent, wordsMissing } from './word-differences.js';
import { toWordSet } from './word-lists.js';

/** May say what a negator says, `fails to start` for `does not start`, so they excuse one. */
const nearNegators = toWordSet(
  'fail failed failing fails failure unable avoid avoiding avoided prevent preventing stop ' +
    'stopped stopping stops quit refuse refused refuses refusing lack lacking lacks missing ' +
    'absence instead rather impossible hardly barely rarely seldom little few zero zilch free ' +
    'rid remove block blocked deny denied forbid forbidden ban banned prohibited wrong broken ' +
    'error errors issue issues problem problems trouble bad hard difficult difficulty false ' +
    'fake hate dislike disagree lose losing lost illegal worthless useless pointless minus ' +
    'besides aside apart other only beyond out empty stuck overcome control ignore skip omit ' +
    'exclude hide dead still yet enough too against lazy',
);
/** These reverse a request by themselves when nothing else in it differs. */
const reversing = new Set(
  'avoid prevent fail unable refuse forbid exclude omit ignore'.split(' ').map(stem),
);
/** How much the plain prompt must share before any added negator counts. */
const minShared = 0.75;
/** A negator on the very words of the plain prompt needs less. */
const minSharedDenied = 0.4;
/** How many words of meaning the negated prompt may add for its negator to be the difference. */
const maxExtra = 3;
/** All contractions with not; every word that ends so is one. */
const auxiliary = /^[a-z]{2,6}n't$/;
const polarOpeners = toWordSet(
  'is are was were do does did can could will would should may must has have am',
);
const pronouns = toWordSet(
  'you we i it they he she there that this these those people anyone someone',
);

/** How much else the prompts must agree in for a veto. */
const certainFrom = 0.95;

/** Not, without, never, un-: the answer to one is wrong for the other. */
export const negation: Guard = {
  name: 'negation',
  check(a, b) {
    return findPrefixed(a, b) ?? findNegated(a, b) ?? findReversed(a, b);
  },
};

/** `available / unavailable`, unless the other prompt says `not available`. */
function findPrefixed(a: PromptWords, b: PromptWords): Difference | undefined {
  const found = findOppositeWords(a, b, (x, y) => isOppositeByPrefix(x.lower, y.lower)).find(
    ([x, y]) => isNegatedAt(a, x) === isNegatedAt(b, y),
  );
  if (found === undefined) return undefined;
  return {
    detail: found.map(({ lower }) => lower).join(' / '),
    stems: found.map((word) => word.stem),
    certainFrom: isPolar(a) && isPolar(b) ? never : certainFrom,
  };
}

function findNegated(a: PromptWords, b: PromptWords): Difference | undefined {
  const [inA, inB] = [readNegators(a), readNegators(b)];
  if ((inA.length === 0) === (inB.length === 0)) return undefined;
  const [plain, negated, at] = inA.length === 0 ? [a, b, inB] : [b, a, inA];
  if (!at.every((index) => isException(negated.words[index])) && excuses(plain, negated))
    return undefined;
  // In a long reworded prompt a `not` may sit in an aside; it must deny what the other one says.
  const denying = at.filter((index) => deniedIn(negated, index, plain));
  const isAddition =
    negated.contentStems.size <= plain.contentStems.size + maxExtra &&
    at.some((index) => isOnTopic(negated, index, plain));
  const shared = sharedContent(plain, negated);
  if (shared < (denying.length > 0 ? minSharedDenied : minShared)) return undefined;
  if (denying.length === 0 && !isAddition) return undefined;
  const stems = at.map((index) => negated.words[index]?.stem ?? '');
  const isCertain = denying.some((index) => isPlainDenial(negated, index, plain));
  return {
    detail: `${describe(a, inA)} / ${describe(b, inB)}`,
    stems,
    certainFrom: isCertain ? certainFrom : never,
  };
}

function isException(word: Word | undefined): boolean {
  return /^(?:except|excluding|unless)$/.test(word?.lower ?? '');
}

/**
 * Whether a negator turns the request around. It does not always: "is there no cure?" asks what "is
 * there a cure?" asks, "why is it not a prime?" is answered by "is it a prime?", and "what if I
 * can't sleep?" wants what "how do I sleep?" wants.
 */
function isPlainDenial(negated: PromptWords, index: number, plain: PromptWords): boolean {
  const word = negated.words[index]?.lower ?? '';
  const before = negated.words[index - 1]?.lower ?? '';
  if (/^(?:nothing|none|nobody)$/.test(word)) return false;
  if (isPolar(negated) && isPolar(plain))
    return /^(?:without|never)$/.test(word) || before === 'to';
  const isWhy = startsWithWhy(negated);
  if (isWhy !== startsWithWhy(plain)) return false;
  return !(before === 'i' && /^(?:can|could)/.test(word));
}

/** A question for yes or no. */
function isPolar({ words }: PromptWords): boolean {
  return polarOpeners.has(words[0]?.lower ?? '');
}

function startsWithWhy({ words }: PromptWords): boolean {
  return words.some(({ lower, startsSentence }) => lower === 'why' && startsSentence);
}

/** Whether the negator's own sentence is about something the other prompt mentions. */
function isOnTopic(prompt: PromptWords, index: number, other: PromptWords): boolean {
  const { words, contentStems } = prompt;
  let from = index;
  while (from > 0 && !words[from]?.startsSentence) from--;
  let to = index + 1;
  while (to < words.length && !words[to]?.startsSentence) to++;
  const sentence = words.slice(from, to);
  return sentence.some(({ stem: key }) => contentStems.has(key) && other.stems.has(key));
}

function describe({ words }: PromptWords, at: readonly number[]): string {
  return at.map((index) => words[index]?.lower).join(' ') || '-';
}

/** Whether the next two words of meaning after the negator at `index` are in `other`. */
function deniedIn(prompt: PromptWords, index: number, other: PromptWords): boolean {
  const following = prompt.words.slice(index + 1, index + 8);
  const denied = following.filter(({ stem }) => prompt.contentStems.has(stem)).slice(0, 2);
  return denied.length > 0 && denied.every(({ stem }) => other.stems.has(stem));
}

function excuses(plain: PromptWords, negated: PromptWords): boolean {
  return wordsMissing(plain, negated).some(
    ({ lower }) =>
      nearNegators.has(lower) || /^(?:un|in|im|il|ir|dis|non|mis)\p{L}{4}|less$/u.test(lower),
  );
}

/** `how to X` and `how to avoid X`: the rest must be the same. */
function findReversed(a: PromptWords, b: PromptWords): Difference | undefined {
  return findReversedIn(a, b) ?? findReversedIn(b, a);
}

function findReversedIn(a: PromptWords, b: PromptWords): Difference | undefined {
  const found = wordsMissing(a, b).find((word) => reversing.has(word.stem));
  const rest = wordsMissing(b, a).filter(({ stem }) => b.contentStems.has(stem));
  if (!found || rest.length > 0 || b.contentStems.size === 0) return undefined;
  if (readNegators(a).length + readNegators(b).length > 0) return undefined;
  return { detail: `${found.lower} / -`, stems: [found.stem], certainFrom: never };
}

/** Where a prompt negates: no tag questions, polite forms or `whether or not`. */
const readNegators = oncePerPrompt(findNegators);

function findNegators({ words }: PromptWords): readonly number[] {
  return [...words.keys()].filter((at) => negates(words, at));
}

function negates(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (!word) return false;
  const next = words[at + 1]?.lower ?? '';
  const before = words[at - 1]?.lower ?? '';
  // "No." may be short for number.
  if (word.lower === 'no')
    return (
      next !== '' &&
      !words[at + 1]?.startsSentence &&
      !/^(?:matter|doubt|problem|one's|\d.*)$/.test(next)
    );
  if (!isNegator(word.lower)) return false;
  // "I don't know how", "I'm not sure whether": about the asker, not the question.
  if (/^(?:know|sure|understand|remember)$/.test(next) && /^(?:i|i'm|im|am)$/.test(before))
    return false;
  if (word.lower === 'not') return !/^(?:only|just)$/.test(next) && !/^(?:or|if|why)$/.test(before);
  if (!auxiliary.test(word.lower)) return true;
  // "Isn't it slow?" and "it is slow, isn't it?" ask the same as "is it slow?".
  if (word.startsSentence) return /^do/.test(word.lower) && !pronouns.has(next);
  const isTag = pronouns.has(next) && (words[at + 2]?.startsSentence ?? true);
  const isPolite =
    before === 'why' && /^(?:don't)$/.test(word.lower) && /^(?:you|we|i)$/.test(next);
  return !isTag && !isPolite;
}
