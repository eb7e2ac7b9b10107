import { oncePerPrompt } from './once-per-prompt.js';
import type { PromptWords, Word } from './prompt-words.js';
import { toCanonicalWords, toWordSet } from './word-lists.js';

export type DateFactKind = 'year' | 'decade' | 'century' | 'month' | 'day' | 'weekday' | 'relative';

export type DateFacts = {
  /** Canonical values by kind: `month` holds `3` for March. */
  readonly facts: ReadonlyMap<DateFactKind, ReadonlySet<string>>;
  /** Indices of words that are part of a date and therefore no plain number. */
  readonly used: ReadonlySet<number>;
};

const months = toIndex(
  'january=jan february=feb march=mar april=apr may june=jun july=jul august=aug ' +
    'september=sep=sept october=oct november=nov december=dec',
);
const weekdays = toCanonicalWords(
  'monday=mon tuesday=tue=tues wednesday=wed thursday=thu=thur=thurs friday=fri saturday sunday',
);
/** Also verbs, names or common short forms: a month or weekday only with a capital or a number. */
const ambiguous = toWordSet('march may mar jan jun dec sep apr mon wed fri tue thu');
const relatives = toCanonicalWords('today=tonight tomorrow yesterday');
const deictics = toCanonicalWords('last=previous=past=prior next=coming=upcoming this=current');
const periods = toCanonicalWords(
  'day week weekend month quarter year season semester decade century summer winter',
);
const centuryWords = new Set(['century', 'centuries']);
const decadePattern = /^(\d{2})?(\d0)['’]?s$/;
const ordinalPattern = /^(\d{1,2})(?:st|nd|rd|th)$/;

function toIndex(spaced: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  spaced.split(' ').forEach((group, at) => {
    for (const name of group.split('=')) map.set(name, String(at + 1));
  });
  return map;
}

/** Finds years, decades, centuries, months with their days, weekdays and words like `next year`. */
export const readDates = oncePerPrompt(findDates);

function findDates(prompt: PromptWords): DateFacts {
  const facts = new Map<DateFactKind, Set<string>>();
  const used = new Set<number>();
  const add = (kind: DateFactKind, value: string, ...at: readonly number[]): void => {
    const values = facts.get(kind) ?? new Set();
    facts.set(kind, values.add(value));
    for (const index of at) used.add(index);
  };
  prompt.words.forEach((word, at) => {
    if (used.has(at)) return;
    if (word.kind === 'number') readNumeric(prompt, at, add);
    else if (word.kind === 'word') readNamed(prompt, at, add);
  });
  return { facts, used };
}

type Add = (kind: DateFactKind, value: string, ...at: readonly number[]) => void;

function readNumeric(prompt: PromptWords, at: number, add: Add): void {
  const word = prompt.words[at];
  if (!word) return;
  const decade = decadePattern.exec(word.text.toLowerCase());
  if (decade) return add('decade', decade[2] ?? '', at);
  const slashed = /^(\d{4})\/(\d{1,2})(?:\/(\d{1,2}))?$/.exec(word.lower);
  if (slashed) {
    add('year', slashed[1] ?? '', at);
    return addMonthDay(slashed[2] ?? '', slashed[3], add);
  }
  const ordinal = ordinalPattern.exec(word.lower);
  const next = prompt.words[at + 1];
  if (ordinal && next && centuryWords.has(next.lower)) return add('century', ordinal[1] ?? '', at);
  if (isYear(prompt, at)) readYear(prompt, at, add);
}

/** A year may open an ISO date: 2020-03-05. */
function readYear(prompt: PromptWords, at: number, add: Add): void {
  const { text, words } = prompt;
  const [year, month, day] = [words[at], words[at + 1], words[at + 2]];
  add('year', year?.lower ?? '', at);
  if (!year || !isTwoDigits(month) || text.slice(year.end, month.start) !== '-') return;
  if (!isTwoDigits(day) || text.slice(month.end, day.start) !== '-') return;
  add('year', year.lower, at + 1, at + 2);
  addMonthDay(month.lower, day.lower, add);
}

function isTwoDigits(word: Word | undefined): word is Word {
  return word !== undefined && /^\d{2}(?:t\d{2}.*)?$/.test(word.lower);
}

function addMonthDay(month: string, day: string | undefined, add: Add): void {
  add('month', String(Number(month)));
  if (day !== undefined) add('day', String(Number.parseInt(day, 10)));
}

function isYear({ words }: PromptWords, at: number): boolean {
  const word = words[at];
  if (!word || !/^(?:1[5-9]|20)\d\d$/.test(word.lower)) return false;
  const before = words[at - 1]?.lower ?? '';
  const after = words[at + 1]?.lower ?? '';
  return (
    !/^(?:[$€£¥₹]|under|over|below|above|than|rs|inr|usd)$/.test(before) &&
    !/^(?:rs|inr|rupees?|dollars?|notes?|usd|[%°$€£]|rupee)$/.test(after)
  );
}

function readNamed(prompt: PromptWords, at: number, add: Add): void {
  const { lower } = prompt.words[at] ?? { lower: '' };
  const month = months.get(lower);
  if (month !== undefined && isCertainName(prompt, at)) return readMonth(prompt, at, add);
  const weekday = weekdays.get(lower.replace(/s$/, '')) ?? weekdays.get(lower);
  if (weekday !== undefined && isCertainName(prompt, at)) return add('weekday', weekday, at);
  const relative = relatives.get(lower);
  if (relative !== undefined) return add('relative', relative, at);
  const deictic = deictics.get(lower);
  const period = periods.get(prompt.words[at + 1]?.lower ?? '');
  if (deictic !== undefined && period !== undefined) add('relative', `${deictic} ${period}`, at);
}

function isCertainName({ words }: PromptWords, at: number): boolean {
  const word = words[at];
  if (!word || !ambiguous.has(word.lower)) return true;
  const near = [words[at - 1], words[at + 1]];
  if (near.some((other) => other !== undefined && other.kind === 'number')) return true;
  const inMonth = /^(?:in|during|of|early|late|last|next|this|since|until|by|every|on)$/.test(
    words[at - 1]?.lower ?? '',
  );
  return inMonth && !word.startsSentence && word.text.charAt(0) !== word.lower.charAt(0);
}

/** `March 5th, 2020` and `5 March 2020`: the day stands on either side. */
function readMonth({ words }: PromptWords, at: number, add: Add): void {
  add('month', months.get(words[at]?.lower ?? '') ?? '', at);
  for (const near of [at + 1, at - 1, at - 2]) {
    const word = words[near];
    if (near === at - 2 && words[at - 1]?.lower !== 'of') continue;
    const day = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(word?.lower ?? '')?.[1];
    if (day !== undefined && Number(day) <= 31) return add('day', String(Number(day)), near);
  }
}

/** Months and weekdays carry capitals without being names. */
export function isDateWord(lower: string): boolean {
  return months.has(lower) || weekdays.has(lower);
}
