import { findFirst } from './find-first.js';
import type { TextUnits } from './text-units.js';

/**
 * A sentence begins a core if no other within this distance has a lower hash; in shares of what a
 * window holds.
 */
const ANCHOR_DISTANCE = 0.65;
/** What is longer is cut into equal cores, none longer than this; likewise. */
const LONGEST_CORE = 0.85;
/** At either end of a text, where one side needs no context; likewise. */
const LONGEST_END_CORE = 0.925;
/** Words read on one side of a core at most: more takes time and tells little; likewise. */
const MOST_CONTEXT = 0.25;
/** Words of a sentence that its hash is of. */
const HASHED_WORDS = 5;

/** Words that the model reads at once, and those of them whose scores count: `[first, last)`. */
export type CompressionWindow = {
  readonly read: WordRange;
  /** The cores of a text's windows are in order, apart, and leave no word out. */
  readonly core: WordRange;
};

export type WordRange = readonly [first: number, last: number];

export type WindowedText = {
  readonly text: string;
  readonly units: TextUnits;
  /** Tokens of each word. */
  readonly lengths: ArrayLike<number>;
  /** Tokens of words that a window holds; more than any word has. */
  readonly capacity: number;
};

/**
 * Cuts a text into windows. Where cores end is decided by the words there, not by how far it is from
 * the beginning: a text that is shifted has, soon after its start, the same seams.
 */
export function planWindows({
  text,
  units,
  lengths,
  capacity,
}: WindowedText): readonly CompressionWindow[] {
  const count = units.words.length;
  const offsets = toOffsets(lengths, count);
  if (count === 0) return [];
  if (offsets[count]! <= capacity) return [{ read: [0, count], core: [0, count] }];
  const measured = { units, offsets, capacity };
  const cores = findStretches(text, measured).flatMap((stretch) => cutStretch(stretch, measured));
  return cores.map((core) => ({ core, read: addContext(core, measured) }));
}

type MeasuredText = {
  readonly units: TextUnits;
  /** Tokens before each word, and in all. */
  readonly offsets: Uint32Array;
  readonly capacity: number;
};

/** Tokens before each word, and in all. */
function toOffsets(lengths: ArrayLike<number>, count: number): Uint32Array {
  const offsets = new Uint32Array(count + 1);
  for (let word = 0; word < count; word += 1) offsets[word + 1] = offsets[word]! + lengths[word]!;
  return offsets;
}

/** The words from one anchor to the next. */
function findStretches(text: string, measured: MeasuredText): readonly WordRange[] {
  const starts = [...new Set([0, ...findAnchors(text, measured)])];
  const count = measured.units.words.length;
  return starts.map((first, at) => [first, starts[at + 1] ?? count]);
}

/** First words of the sentences whose hash is the least in their neighbourhood. */
function findAnchors(text: string, { units, offsets, capacity }: MeasuredText): readonly number[] {
  const { sentences } = units;
  const hashes = Uint32Array.from(sentences, (_, at) => hashSentence(text, units, at));
  const distance = ANCHOR_DISTANCE * capacity;
  const isNear = (a: number, b: number) =>
    a >= 0 && b < sentences.length && offsets[sentences[b]!]! - offsets[sentences[a]!]! <= distance;
  return sentences.filter((_, at) => {
    // Of equal ones, the first counts as the lower.
    for (let before = at - 1; isNear(before, at); before -= 1) {
      if (hashes[before]! <= hashes[at]!) return false;
    }
    for (let after = at + 1; isNear(at, after); after += 1) {
      if (hashes[after]! < hashes[at]!) return false;
    }
    return true;
  });
}

/** Cuts what is too long for one core: before sentences, else phrases, else words. */
function cutStretch([first, last]: WordRange, measured: MeasuredText): readonly WordRange[] {
  const { units, offsets, capacity } = measured;
  const longest = Math.floor(LONGEST_CORE * capacity);
  const isAtEnd = first === 0 || last === units.words.length;
  const length = offsets[last]! - offsets[first]!;
  if (isAtEnd && length <= LONGEST_END_CORE * capacity) return [[first, last]];
  const cores: WordRange[] = [];
  let start = first;
  for (;;) {
    const from = offsets[start]!;
    const left = offsets[last]! - from;
    const parts = Math.ceil(left / longest);
    if (parts <= 1) break;
    const range = { least: from + left - (parts - 1) * longest, most: from + longest };
    const wanted = { ...range, middle: from + left / parts };
    const end =
      findNearest(units.sentences, wanted, offsets) ??
      findNearest(units.phrases, wanted, offsets) ??
      findFirst(last, (word) => offsets[word + 1]! > wanted.middle);
    cores.push([start, Math.max(end, start + 1)]);
    start = Math.max(end, start + 1);
  }
  return [...cores, [start, last]];
}

type WantedOffset = { readonly least: number; readonly middle: number; readonly most: number };

/** Of `starts`, which are words, the one with nearest to `middle` tokens before it. */
function findNearest(
  starts: readonly number[],
  { least, middle, most }: WantedOffset,
  offsets: Uint32Array,
): number | undefined {
  const after = findFirst(starts.length, (at) => offsets[starts[at]!]! >= middle);
  const found = [starts[after - 1], starts[after]].filter(
    (word) => word !== undefined && offsets[word]! >= least && offsets[word]! <= most,
  ) as number[]; // those that are there
  return found.toSorted(
    (a, b) => Math.abs(offsets[a]! - middle) - Math.abs(offsets[b]! - middle),
  )[0];
}

/** FNV-1a of a sentence's first words, 32 bits. */
function hashSentence(text: string, { words, sentences }: TextUnits, at: number): number {
  const first = sentences[at]!;
  const last = Math.min(first + HASHED_WORDS, sentences[at + 1] ?? words.length);
  let hash = 0x811c9dc5;
  const add = (unit: number) => {
    hash = Math.imul(hash ^ unit, 0x01000193);
  };
  for (let word = first; word < last; word += 1) {
    const [start, end] = words[word]!;
    for (let index = start; index < end; index += 1) add(text.charCodeAt(index));
    add(0x20);
  }
  return hash >>> 0;
}

/** Adds words on both sides while they fit; what one side cannot use, the other does. */
function addContext([first, last]: WordRange, { offsets, capacity }: MeasuredText): WordRange {
  const count = offsets.length - 1;
  const room = capacity - (offsets[last]! - offsets[first]!);
  const most = Math.floor(MOST_CONTEXT * capacity);
  const before = Math.min(most, offsets[first]!);
  const after = Math.min(most, offsets[count]! - offsets[last]!);
  const rightRoom = Math.min(after, room - Math.min(before, Math.floor(room / 2)));
  const leftRoom = Math.min(before, room - rightRoom);
  const from = findFirst(first, (word) => offsets[first]! - offsets[word]! <= leftRoom);
  const to = findFirst(count + 1, (word) => offsets[word]! - offsets[last]! > rightRoom) - 1;
  return [from, to];
}
