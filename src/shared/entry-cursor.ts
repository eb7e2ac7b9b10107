/** A place in the list of entries: the one with this time and key. */
export type EntryCursor = { readonly createdAt: number; readonly key: string };

export function toCursorText({ createdAt, key }: EntryCursor): string {
  return `${createdAt}:${key}`;
}

/** @returns `undefined` for what `toCursorText` did not make. */
export function fromCursorText(text: string): EntryCursor | undefined {
  const [, time, key] = /^(\d+(?:\.\d+)?):(.+)$/s.exec(text) ?? [];
  return time === undefined || key === undefined ? undefined : { createdAt: Number(time), key };
}
