/** What somebody says, or a value, with its label: `Lena: Yes.`, `Delivery address: 5 Mill Lane`. */
export type Turn = {
  /** Index of the label's first word. */
  readonly label: number;
  /** First word of what is labelled. */
  readonly first: number;
  /** Behind its last word. */
  readonly last: number;
};

type Words = readonly (readonly [start: number, end: number])[];

/** Words of a label, such as `Dr. Orr:` or `[10:42] Lena:`. */
const LONGEST_LABEL = 4;
/** UTF-16 code units. */
const LABEL_CHARACTERS = 40;
const colons = ':：';
/** What ends no word of a label but the last. */
const breakers = ',;:!?：';

/**
 * Finds the lines that begin with a label, each with what follows up to the next label or a blank
 * line. As in the training (`training/skimp_training/compress/text_units.py`).
 */
export function findTurns(text: string, words: Words): readonly Turn[] {
  const turns: Turn[] = [];
  let open: Omit<Turn, 'last'> | undefined;
  let line = 0;
  const close = (last: number) => {
    if (open !== undefined) turns.push({ ...open, last });
    open = undefined;
  };
  words.forEach(([start], index) => {
    const breaks = index === 0 ? 0 : countBreaks(text.slice(words[index - 1]![1], start));
    if (breaks > 0) line = index;
    if (breaks > 1) close(index);
    if (!isLabel(text, words, [line, index])) return;
    close(line);
    open = { label: line, first: index + 1 };
  });
  close(words.length);
  return turns;
}

/** 0, 1, or 2 for more. */
function countBreaks(gap: string): number {
  const newline = gap.indexOf('\n');
  if (newline < 0) return 0;
  return gap.includes('\n', newline + 1) ? 2 : 1;
}

/** Whether the words from the `first` of a line to `last` are a label, with something behind it. */
function isLabel(text: string, words: Words, [first, last]: readonly [number, number]): boolean {
  const end = words[last]![1];
  const next = words[last + 1];
  if (next === undefined || last - first >= LONGEST_LABEL) return false;
  if (!colons.includes(text.charAt(end - 1))) return false;
  if (end - words[first]![0] > LABEL_CHARACTERS || text.slice(end, next[0]).includes('\n'))
    return false;
  return words
    .slice(first, last)
    .every(([, wordEnd]) => !breakers.includes(text.charAt(wordEnd - 1)));
}
