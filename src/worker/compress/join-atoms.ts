import type { Atom } from './atoms.js';

/** Slices of a text, `[start, end)` in UTF-16 code units. */
export type Slice = readonly [start: number, end: number];

/** UTF-16 code units in which the beginning of a tag is looked for. */
const LONGEST_TAG = 300;

export type JoinOptions = {
  /** Whether lines keep their indentation, and no blank lines are needed. */
  readonly isCode: boolean;
};

/**
 * The chosen atoms as slices of the text, in order and apart. Between atoms that were neighbours all
 * stands as it was; where some are missing stands one piece of white space out of what is missing.
 *
 * @param isChosen - For each atom, whether it is in the output.
 */
export function joinAtoms(
  { text, atoms }: { readonly text: string; readonly atoms: readonly Atom[] },
  isChosen: (index: number) => boolean,
  options: JoinOptions,
): readonly Slice[] {
  const slices: Slice[] = [];
  let last = -1;
  const add = (start: number, end: number) => {
    const before = slices.at(-1);
    if (before?.[1] === start) slices[slices.length - 1] = [before[0], end];
    else if (start < end) slices.push([start, end]);
  };
  for (const [index, { start, end }] of atoms.entries()) {
    if (!isChosen(index)) continue;
    if (last < 0) {
      add(options.isCode ? lineStart(text, start) : start, end);
    } else if (last === index - 1) {
      add(atoms[last]!.end, end);
    } else {
      add(...findSeparator(text, [atoms[last]!.end, start], options));
      add(start, end);
    }
    last = index;
  }
  return slices;
}

/** The text that the slices make. */
export function toText(text: string, slices: readonly Slice[]): string {
  return slices.map(([start, end]) => text.slice(start, end)).join('');
}

/** Where the line of `at` begins, if only white space stands before it there; else `at`. */
function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && isSpace(text, start - 1) && text[start - 1] !== '\n') start -= 1;
  return start === 0 || text[start - 1] === '\n' ? start : at;
}

/**
 * The piece of white space to stand for a gap: the last one with a blank line, else with a line
 * break, else one blank; nothing where the gap has none, and next to the inside of a tag that text
 * stood at. In code it is the last line break. The indentation of what follows stays.
 */
export function findSeparator(text: string, [from, to]: Slice, { isCode }: JoinOptions): Slice {
  if (!isCode && (isOpened(text, from) || isClosed(text, to))) return [to, to];
  let lineBreak: Slice | undefined;
  let blank: Slice | undefined;
  for (let end = to; end > from;) {
    let start = end;
    while (start > from && isSpace(text, start - 1)) start -= 1;
    if (start === end) {
      end -= 1;
      continue;
    }
    const run = { text, slice: [start, end] as const, isWhole: end === to };
    const blankLine = isCode ? undefined : cutLineBreaks(run, 2);
    if (blankLine !== undefined) return blankLine;
    lineBreak ??= cutLineBreaks(run, 1);
    if (isCode && lineBreak !== undefined) return lineBreak;
    blank ??= [end - 1, end];
    end = start;
  }
  return lineBreak ?? blank ?? [to, to];
}

/** Whether text stands at `at`, right behind an opening tag. */
function isOpened(text: string, at: number): boolean {
  if (text[at - 1] !== '>' || isSpace(text, at)) return false;
  const before = text.slice(Math.max(0, at - LONGEST_TAG), at);
  return /<[a-z][^<>]*>$/i.test(before);
}

/** Whether text stands before `at`, and a closing tag there. */
function isClosed(text: string, at: number): boolean {
  return text.startsWith('</', at) && !isSpace(text, at - 1);
}

type WhiteSpaceRun = {
  readonly text: string;
  readonly slice: Slice;
  /** Whether what stands after its last line break is the indentation of what follows. */
  readonly isWhole: boolean;
};

/** From the last line break but `count - 1` on; undefined where the run has fewer. */
function cutLineBreaks(
  { text, slice: [start, end], isWhole }: WhiteSpaceRun,
  count: number,
): Slice | undefined {
  let first = end;
  let last: number | undefined;
  for (let found = 0; found < count; found += 1) {
    do first -= 1;
    while (first >= start && text[first] !== '\n');
    if (first < start) return undefined;
    last ??= first + 1;
  }
  if (first > start && text[first - 1] === '\r') first -= 1;
  return [first, isWhole ? end : (last ?? end)];
}

function isSpace(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  return unit === 0x85 || (unit >= 0xa0 && /\s/.test(text[index]!));
}
