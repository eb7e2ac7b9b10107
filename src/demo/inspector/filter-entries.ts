import type { StoredEntry } from '../../shared/stored-entry.js';

/** Entries whose prompt, answer or model has every word of `text` in it, whatever the case. */
export function filterEntries(
  entries: readonly StoredEntry[],
  text: string,
): readonly StoredEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter(({ prompt, answer, model }) => {
    const searched = `${prompt}\n${answer}\n${model}`.toLowerCase();
    return words.every((word) => searched.includes(word));
  });
}
