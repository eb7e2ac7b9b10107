import type { CacheEntry, Totals } from './schema.js';

/** Cost of an answer whose provider did not count tokens, per character of prompt and answer. */
const TOKENS_PER_CHARACTER = 0.25;
/** Records, indexes and the vector, beside the texts. */
const OVERHEAD_BYTES = 1_024;

/**
 * GreedyDual-Size with Frequency (Cherkasova, HPL-98-69R1): what is worth most per byte stays, and
 * the priority of what was evicted last is added, so that old favourites age.
 *
 * @returns tokens saved per byte kept, above `totals.inflation`; lowest is evicted first.
 */
export function toPriority(
  { prompt, response, bytes, hits }: Pick<CacheEntry, 'prompt' | 'response' | 'bytes' | 'hits'>,
  { inflation }: Totals,
): number {
  const { usage, text } = response;
  const tokens =
    usage === undefined
      ? (prompt.length + text.length) * TOKENS_PER_CHARACTER
      : usage.promptTokens + usage.completionTokens;
  return inflation + ((1 + hits) * tokens) / bytes;
}

/** An upper estimate of the space an entry takes: two bytes a character, and the overhead. */
export function toEntryBytes(prompt: string, text: string): number {
  return 2 * (prompt.length + text.length) + OVERHEAD_BYTES;
}
