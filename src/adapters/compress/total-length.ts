/** Characters of all texts, in UTF-16 code units. */
export function totalLength(texts: readonly string[]): number {
  return texts.reduce((sum, { length }) => sum + length, 0);
}
