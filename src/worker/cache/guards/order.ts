import { isFunctionWord } from './function-words.js';
import type { Guard } from './guard.js';
import { oncePerPrompt } from './once-per-prompt.js';
import type { PromptWords } from './prompt-words.js';
import { isQuantityWord } from './read-quantities.js';
import { stem } from './stem.js';
import { matchSwap } from './swapped-spans.js';
import { isOnlyDifference, sharedContent } from './word-differences.js';
import { toWordSet } from './word-lists.js';

/** `from Rome to Oslo` and `from Oslo to Rome`: the same words in other places. */
export const order: Guard = {
  name: 'order',
  check(a, b) {
    if (isSymmetric(a) && isSymmetric(b)) return undefined;
    const detail = findSwappedRoles(a, b) ?? matchSwap(a, b) ?? findSwappedQuestion(a, b);
    return detail === undefined ? undefined : { detail, stems: [], certainFrom };
  },
};

/** How much the prompts must agree in for a veto. */
const certainFrom = 0.75;

/** Asked about with these, two things may change places. */
const symmetricWords =
  'difference differ different compare comparison similar similarity relate relationship ' +
  'distance far marry versus both either together mix combine equal same common interaction ' +
  'interact';
const symmetricStems = symmetricWords.split(' ').map(stem);

function isSymmetric({ words, stems }: PromptWords): boolean {
  return words.length > 0 && symmetricStems.some((key) => stems.has(key));
}

/** What a word makes of the ones after it. */
const roles: ReadonlyMap<string, Role> = new Map([
  ...toRoles('from leave leaves leaving depart departs departing', 'source'),
  ...toRoles('to into onto toward towards reaching entering', 'goal'),
  ...toRoles('before until', 'before'),
  ...toRoles('after since', 'after'),
]);
type Role = 'source' | 'goal' | 'before' | 'after' | 'mixed';
const opposites = new Map<Role, Role>([
  ['source', 'goal'],
  ['goal', 'source'],
  ['before', 'after'],
  ['after', 'before'],
]);
/** Their `to` points nowhere: `due to flu`, `allergic to nuts`. */
const fixedTo = toWordSet(
  'due related allergic similar next according able how where what want used going need have',
);
const transparent = toWordSet('a an the my your our his her its their this that');
/** How many words a preposition reaches. */
const reach = 3;
/** How alike the prompts must be before one word in the opposite role is enough. */
const minShared = 0.75;

function toRoles(words: string, role: Role): readonly (readonly [string, Role])[] {
  return words.split(' ').map((word) => [word, role] as const);
}

function findSwappedRoles(a: PromptWords, b: PromptWords): string | undefined {
  const [inA, inB] = [readRoles(a), readRoles(b)];
  const swapped = [...inA].filter(([word, role]) => {
    const opposite = opposites.get(role);
    return opposite !== undefined && opposite === inB.get(word);
  });
  const directions = new Set(swapped.map(([, role]) => role));
  const isCertain = directions.size > 1 || sharedContent(a, b) >= minShared;
  if (swapped.length === 0 || !isCertain) return undefined;
  return swapped.map(([word, role]) => `${role} ${word} / ${inB.get(word)} ${word}`).join(', ');
}

/** The role of each word after a preposition; words used in two roles tell nothing. */
const readRoles = oncePerPrompt(findRoles);

function findRoles({ words }: PromptWords): ReadonlyMap<string, Role> {
  const found = new Map<string, Role>();
  let role: Role | undefined;
  let left = 0;
  words.forEach((word, at) => {
    const own = roles.get(word.lower);
    const previous = words[at - 1];
    if (own !== undefined) {
      role = word.lower === 'to' && fixedTo.has(previous?.lower ?? '') ? undefined : own;
      left = reach;
    } else if (isFunctionWord(word.lower) || isQuantityWord(word) || word.startsSentence) {
      if (!transparent.has(word.lower)) role = undefined;
    } else if (word.lower.endsWith('ing')) {
      role = undefined; // "from chewing shoes" is an action, not a place
    } else if (role !== undefined && left-- > 0) {
      const before = found.get(word.stem);
      found.set(word.stem, before === undefined || before === role ? role : 'mixed');
    }
  });
  return found;
}

/** `who acquired Oracle` and `who did Oracle acquire`. */
function findSwappedQuestion(a: PromptWords, b: PromptWords): string | undefined {
  const [inA, inB] = [readAskedRole(a), readAskedRole(b)];
  if (inA === undefined || inB === undefined || inA === inB) return undefined;
  if (a.contentStems.size < 2 || !isOnlyDifference(a, b, () => false)) return undefined;
  return `${inA} / ${inB}`;
}

function readAskedRole({ words }: PromptWords): 'subject' | 'object' | undefined {
  const [first, second] = words;
  if (first?.lower !== 'who' || second === undefined) return undefined;
  if (/^(?:did|do|does)$/.test(second.lower)) return 'object';
  return isFunctionWord(second.lower) ? undefined : 'subject';
}
