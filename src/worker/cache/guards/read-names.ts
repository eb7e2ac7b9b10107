import { isFunctionWord } from './function-words.js';
import { knownNames } from './known-names.js';
import { oncePerPrompt } from './once-per-prompt.js';
import { startsWithCapital, type PromptWords, type Word } from './prompt-words.js';
import { isDateWord } from './read-dates.js';
import { toWordSet } from './word-lists.js';

export type Name = {
  /** The word in lower case, or for a listed name the first name of its thing: `uk` for Britain. */
  readonly key: string;
  /** Which list it is from (countries, companies); undefined for one told by its capital. */
  readonly kind: number | undefined;
  readonly words: readonly Word[];
};

/** Names that stand together: `Donald Trump`. */
export type NamePhrase = readonly Name[];

type Listed = { readonly key: string; readonly kind: number };

/** Listed names that are also plain words: only with a capital. */
const needsCapital = toWordSet(
  'us polish slack stripe zoom lambda flask rails react meta trump opera gemini ford ' +
    'discord bing ' +
    'figma notion illustrator excel mount mt saint st fort ft',
);
/** Capitals that name nothing. */
const plainAcronyms = toWordSet(
  'am pm tv mr mrs ms dr rs pc phd vs id url ok faq diy sms app apps etc eg ie asap info no it',
);
const listed = toListed(knownNames);
/** How many words the longest listed name has that starts with a word. */
const longestFrom = toLongest([...listed.keys()]);

function toLongest(keys: readonly string[]): ReadonlyMap<string, number> {
  const map = new Map<string, number>();
  for (const parts of keys.map((key) => key.split('_'))) {
    const first = parts[0] ?? '';
    map.set(first, Math.max(map.get(first) ?? 0, parts.length));
  }
  return map;
}

function toListed(lines: string): ReadonlyMap<string, Listed> {
  const map = new Map<string, Listed>();
  lines
    .trim()
    .split('\n')
    .forEach((line, kind) => {
      for (const group of line.split(' ')) {
        const names = group.split('=');
        for (const name of names) map.set(name, { key: names[0] ?? name, kind });
      }
    });
  return map;
}

/** The names of a prompt, in order. */
export const readNames = oncePerPrompt(findNames);

function findNames(prompt: PromptWords): readonly NamePhrase[] {
  const phrases: Name[][] = [];
  let open: Name[] | undefined;
  for (let at = 0; at < prompt.words.length;) {
    const name = readName(prompt, at);
    const first = name?.words[0];
    if (!name || !first) open = undefined;
    else if (open && startsWithCapital(first.text) && !first.startsSentence) open.push(name);
    else phrases.push((open = [name]));
    if (first && !startsWithCapital(first.text)) open = undefined;
    at += name?.words.length ?? 1;
  }
  return phrases;
}

function readName(prompt: PromptWords, at: number): Name | undefined {
  const longest = longestFrom.get(prompt.words[at]?.lower ?? '') ?? 0;
  for (let length = Math.min(longest, prompt.words.length - at); length > 0; length--) {
    const words = prompt.words.slice(at, at + length);
    const key = words.map(({ lower }) => lower).join('_');
    const found = listed.get(key);
    if (found && (!needsCapital.has(key) || isCertainCapital(words[0]))) return { ...found, words };
  }
  const word = prompt.words[at];
  return word && looksNamed(word, prompt)
    ? { key: word.lower, kind: undefined, words: [word] }
    : undefined;
}

function isCertainCapital(word: Word | undefined): boolean {
  if (!word || !startsWithCapital(word.text)) return false;
  return word.text !== 'Us' && (word.lower === 'us' || !word.startsSentence);
}

function looksNamed(word: Word, prompt: PromptWords): boolean {
  if (word.kind !== 'word' || word.text.length < 2 || isDateWord(word.lower)) return false;
  if (isIdentifier(word.text)) return !isFunctionWord(word.lower);
  if (!prompt.capitalsMeanNames || isFunctionWord(word.lower) || plainAcronyms.has(word.lower))
    return false;
  const isAcronym = !/\p{Ll}/u.test(word.text.replace(/['’]?s$/, '')) && /\p{Lu}/u.test(word.text);
  return isAcronym || (startsWithCapital(word.text) && !word.startsSentence);
}

/** `foo_bar`, `fooBar`, `foo.ts`: written as code, and never by accident. */
export function isIdentifier(text: string): boolean {
  return /\w_\w|^\p{Ll}+\p{Lu}|\p{L}\.\p{Ll}{2}/u.test(text);
}
