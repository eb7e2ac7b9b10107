import { inlineTag } from './protect/inline-element.js';
import type { Range } from './protect/span.js';
import { findTurns } from './turns.js';
import type { Turn } from './turns.js';

/**
 * Words, sentences and phrases of a text: what the compressor scores, keeps and drops. The training
 * cuts texts by the same rules (`training/skimp_training/compress/text_units.py`).
 */
export type TextUnits = {
  /** Start and end of each word, in UTF-16 code units: in order and apart. */
  readonly words: readonly (readonly [start: number, end: number])[];
  /** Index of the first word of each sentence, or statement in code. */
  readonly sentences: readonly number[];
  /** Index of the first word of each phrase; sentences begin phrases. */
  readonly phrases: readonly number[];
  /** In order and apart; none in code. */
  readonly turns: readonly Turn[];
};

const space =
  ' \\t\\n\\r\\f\\v\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';
/** Written without blanks: each character is a word, and each pair that begins with a `cjkPair`. */
const cjk = '\\u3005-\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff';
const cjkPair = '\\ud840-\\ud8bf';
/** By code units: by code points, a long word takes more stack than there is. */
const wordPattern = new RegExp(
  `[${cjk}]|[${cjkPair}][\\udc00-\\udfff]?|[^${space}${cjk}${cjkPair}]+`,
  'g',
);
/** What Python's `\s` takes and JavaScript's does not. */
const pythonSpace = '\\u001c-\\u001f\\u0085';
/** A bullet, heading, number or label. */
const lineHead = new RegExp(
  String.raw`^(?:[-*•–—+>|]$|#{1,6}$|\(?\p{Nd}{1,3}[.)]$|\[\p{Nd}{1,3}\]|[^\s:${pythonSpace}]{1,40}:$)`,
  'u',
);
/** `Delivery address: `, from where a line begins. */
const labelAtStart = new RegExp(
  String.raw`[^\n:.!?]{1,30}:(?:[^\S\n\ufeff]|[${pythonSpace}])`,
  'uy',
);
const closers = '"\'”’»)]';
const abbreviation =
  /(?:^|[("'“‘])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Prof|Sr|Jr|vs|etc|al|e\.g|i\.e|No|Nos|Fig|Figs|Eq|approx|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|a\.m|p\.m)\.$/;
const lowerCase = /^["'“‘([]*[a-zß-öø-ÿа-я]/;
const pauses = ',;:、，；：)]—–';
/** Characters; a shorter line was not broken to fit a page, so its end ends a sentence. */
const shortLine = 50;
/** Words after which a sentence ends at the next pause. */
const longSentence = 40;
const longestSentence = 60;
const longestPhrase = 8;
const phraseHeads = new Set(
  (
    'about after against although and as at because before between but by during for from if in ' +
    'into nor on onto or over since so than that though through to under unless until when where ' +
    'whereas which while who whom whose with without'
  ).split(' '),
);

/**
 * Cuts prose into its units, in time linear in its length.
 *
 * @param tags - Tags of XML or HTML, in order and apart: each is a word, whatever stands next to it,
 * and one that is not within a line of text is a sentence. The training does not know of them.
 */
export function splitText(text: string, tags: readonly Range[] = []): TextUnits {
  const words = findWords(text, tags);
  const sentences = findSentences({ text, words, breaks: findBreaks(text, tags) });
  const phrases = findPhrases(text, words, sentences);
  return { words, sentences, phrases, turns: findTurns(text, words) };
}

/**
 * Cuts code: each statement is a sentence and one phrase. A statement is a line, with the lines up to
 * where the brackets it opens are closed.
 */
export function splitCode(text: string): TextUnits {
  const words = findWords(text);
  const starts = findStatements(text);
  const cuts: number[] = [];
  let next = 0;
  words.forEach(([begin], index) => {
    const from = next;
    while ((starts[next] ?? Infinity) <= begin) next++;
    if (next > from) cuts.push(index);
  });
  return { words, sentences: cuts, phrases: cuts, turns: [] };
}

function findWords(text: string, tags: readonly Range[] = []): TextUnits['words'] {
  const words: Range[] = [];
  let from = 0;
  const addUpTo = (end: number) => {
    const part = text.slice(from, end);
    for (const { 0: word, index } of part.matchAll(wordPattern))
      words.push([from + index, from + index + word.length]);
  };
  for (const tag of tags) {
    addUpTo(tag[0]);
    words.push(tag);
    [, from] = tag;
  }
  addUpTo(text.length);
  return words;
}

/** Where the tags begin that no sentence goes on across. */
function findBreaks(text: string, tags: readonly Range[]): ReadonlySet<number> {
  const breaks = tags.filter(([start, end]) => !inlineTag.test(text.slice(start, end)));
  return new Set(breaks.map(([start]) => start));
}

type WordsAndBreaks = {
  readonly text: string;
  readonly words: TextUnits['words'];
  readonly breaks: ReadonlySet<number>;
};

function findSentences({ text, words, breaks }: WordsAndBreaks): readonly number[] {
  const starts: number[] = [];
  let [word, end, length] = ['', 0, 0];
  words.forEach(([after, afterEnd], index) => {
    const following = text.slice(after, afterEnd);
    const begins =
      index === 0 ||
      breaks.has(after) ||
      breaks.has(words[index - 1]![0]) ||
      length >= longestSentence ||
      (length >= longSentence && isPause(word)) ||
      isEnd(word, following) ||
      isLineEnd(text, { word, end, after, following });
    if (begins) starts.push(index);
    length = begins ? 1 : length + 1;
    [word, end] = [following, afterEnd];
  });
  return starts;
}

type Gap = {
  /** The word before it, and the one behind. */
  readonly word: string;
  readonly following: string;
  /** Where the gap begins and ends. */
  readonly end: number;
  readonly after: number;
};

/** Whether the gap holds a blank line, or a line break that is not there to fit a page. */
function isLineEnd(text: string, { word, following, end, after }: Gap): boolean {
  const gap = text.slice(end, after);
  const newline = gap.indexOf('\n');
  if (newline < 0) return false;
  if (gap.includes('\n', newline + 1) || word.endsWith(':') || lineHead.test(following))
    return true;
  const begin = text.lastIndexOf('\n', end - 1) + 1;
  // A code point has two units at most.
  const line = text.slice(begin, Math.min(end + newline, begin + 2 * shortLine));
  if (Array.from(line).length < shortLine) return true;
  labelAtStart.lastIndex = after;
  return labelAtStart.test(text);
}

/** By hand: a pattern that is anchored at the end only takes quadratic time on `.....a`. */
function isEnd(word: string, following: string): boolean {
  const last = word.at(-1) ?? '';
  if ('。！？'.includes(last)) return true;
  let at = word.length;
  while (at > 0 && closers.includes(word.charAt(at - 1))) at--;
  if (at === 0 || !'.!?…'.includes(word.charAt(at - 1))) return false;
  return !abbreviation.test(word) && !lowerCase.test(following);
}

function isPause(word: string): boolean {
  return word !== '' && pauses.includes(word.charAt(word.length - 1));
}

function findPhrases(
  text: string,
  words: TextUnits['words'],
  sentences: readonly number[],
): readonly number[] {
  const begins = new Set(sentences);
  const starts: number[] = [];
  let [word, length] = ['', 0];
  words.forEach(([begin, end], index) => {
    const before = word;
    word = text.slice(begin, end);
    if (
      begins.has(index) ||
      length >= longestPhrase ||
      (length >= 2 && isPause(before)) ||
      (length >= 3 && phraseHeads.has(word.toLowerCase()))
    ) {
      starts.push(index);
      length = 0;
    }
    length++;
  });
  return starts;
}

/** Where statements begin: behind each line break that is in no bracket and no string. */
function findStatements(text: string): readonly number[] {
  const starts = [0];
  let [depth, quote] = [0, ''];
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (quote !== '') {
      if (letter === '\\') at++;
      else if (text.startsWith(quote, at)) {
        at += quote.length - 1;
        quote = '';
      } else if (letter === '\n' && quote.length === 1 && quote !== '`') quote = '';
    } else if (letter === '"' || letter === "'" || letter === '`') {
      const triple = letter.repeat(3);
      quote = letter !== '`' && text.startsWith(triple, at) ? triple : letter;
      at += quote.length - 1;
    } else if (letter === '(' || letter === '[') depth++;
    else if (letter === ')' || letter === ']') depth = Math.max(0, depth - 1);
    if (text[at] === '\n' && quote === '' && depth === 0) starts.push(at + 1);
  }
  return starts;
}
