/** A slice of a text: `[start, end)` in UTF-16 code units. */
export type TextRange = readonly [start: number, end: number];

/** The slice without the blanks at its ends. */
export function trimRange(text: string, [start, end]: TextRange): TextRange {
  const slice = text.slice(start, end);
  const from = start + slice.length - slice.trimStart().length;
  return [from, Math.max(from, start + slice.trimEnd().length)];
}
