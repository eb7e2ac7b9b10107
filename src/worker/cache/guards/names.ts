import { never, type Guard } from './guard.js';
import type { PromptWords, Word } from './prompt-words.js';
import { isIdentifier, readNames, type Name, type NamePhrase } from './read-names.js';
import { isShortFormIn, isSpelledAlike } from './spelling.js';
import { isOnlyDifference } from './word-differences.js';

/** How much else the prompts must agree in for a veto. */
const certainFrom = { replaced: 0.85, added: never };

/** Another person, place, product or identifier: another answer. */
export const names: Guard = {
  name: 'names',
  check(a, b) {
    const [inA, inB] = [readNames(a), readNames(b)];
    const [onlyA, onlyB] = [findMissing(inA, inB, b), findMissing(inB, inA, a)];
    const missing = [...onlyA, ...onlyB];
    if (missing.length === 0) return undefined;
    const isReplaced = onlyA.some((x) => onlyB.some((y) => canReplace(x, y)));
    if (!isReplaced && !isAddition(a, b, missing)) return undefined;
    return {
      detail: `${describe(onlyA)} / ${describe(onlyB)}`,
      stems: missing.flatMap(({ words }) => words.map(({ stem }) => stem)),
      certainFrom: isReplaced ? certainFrom.replaced : certainFrom.added,
    };
  },
};

/** A name that the other prompt has in no case, spelling or short form. */
type Missing = Name & {
  /** The other prompt has the rest of its phrase: `Donald` when it says `Trump`. */
  readonly isPart: boolean;
};

function findMissing(
  phrases: readonly NamePhrase[],
  others: readonly NamePhrase[],
  other: PromptWords,
): readonly Missing[] {
  const keys = new Set(others.flatMap((phrase) => phrase.map(({ key }) => key)));
  return phrases.flatMap((phrase) => {
    const missing = phrase.filter((name) => !isThere(name, keys, other));
    if (
      missing.length === 0 ||
      isShortFormIn(
        phrase.flatMap(({ words }) => words),
        other,
      )
    )
      return [];
    return missing.map((name) => ({ ...name, isPart: missing.length < phrase.length }));
  });
}

function isThere(
  { key, kind, words }: Name,
  keys: ReadonlySet<string>,
  other: PromptWords,
): boolean {
  if (keys.has(key)) return true;
  // In lower-case prompts "the us" is the country more often than the pronoun.
  if (key === 'usa') return other.lowers.has('us');
  if (words.every(({ lower, stem }) => other.lowers.has(lower) || other.stems.has(stem)))
    return true;
  const compact = words.map(({ lower }) => lower).join('');
  if (compact.length >= 5 && other.compact.includes(compact)) return true;
  // Listed names and identifiers may differ by a letter and be two things: getUser is not setUser.
  if (kind !== undefined || words.some(({ text }) => isIdentifier(text))) return false;
  return other.words.some(({ lower }) => isSpelledAlike(compact, lower));
}

/** A country takes the place of a country; a country and a company are two additions. */
function canReplace(x: Missing, y: Missing): boolean {
  return x.kind === undefined || y.kind === undefined || x.kind === y.kind;
}

/** A name that only one prompt has narrows the question when nothing else differs. */
function isAddition(a: PromptWords, b: PromptWords, missing: readonly Missing[]): boolean {
  const certain = missing.some(({ isPart }) => !isPart);
  const added = new Set<Word>(missing.flatMap(({ words }) => words));
  return certain && isOnlyDifference(a, b, (word) => added.has(word));
}

function describe(missing: readonly Missing[]): string {
  return missing.map(({ key }) => key).join(' ') || '-';
}
