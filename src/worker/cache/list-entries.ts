import { fromCursorText, toCursorText } from '../../shared/entry-cursor.js';
import type { EntriesPage, EntriesQuery, StoredEntry } from '../../shared/stored-entry.js';
import type { EntryStore } from './entry-store.js';
import type { PromptCache } from './prompt-cache.js';
import type { CacheEntry } from './schema.js';
import type { KeyMaker } from './scope-key.js';

/** Hex digits of an owner's hash by which people tell scopes apart. */
const LABEL_DIGITS = 8;

export type ListParts = {
  readonly store: EntryStore;
  readonly cache: PromptCache;
  readonly keyMaker: KeyMaker;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

/** A page of the entries that have not expired, newest first. */
export async function listEntries(
  { store, cache, keyMaker, now }: ListParts,
  { scope, count, after, maxAnswerLength }: EntriesQuery,
): Promise<EntriesPage> {
  const ownOwner = await keyMaker.toOwnOwner();
  const range = {
    owner: scope === undefined ? undefined : await keyMaker.toOwner(scope),
    after: after === undefined ? undefined : fromCursorText(after),
    count: count + 1, // one more tells whether there is a next page
    now: now(),
  };
  const found = await store.list(range);
  const entries = found.slice(0, count).map((entry) => ({
    ...toStoredEntry(entry, maxAnswerLength),
    isOwnScope: entry.owner === ownOwner,
    hasVector: cache.hasVector(entry),
  }));
  const last = found[count - 1];
  return found.length > count && last ? { entries, next: toCursorText(last) } : { entries };
}

function toStoredEntry(
  { key, owner, prompt, response, createdAt, expiresAt, hits, bytes }: CacheEntry,
  maxAnswerLength: number,
): Omit<StoredEntry, 'isOwnScope' | 'hasVector'> {
  const { text, ...origin } = response;
  return {
    key,
    scopeLabel: owner.slice(0, LABEL_DIGITS),
    prompt,
    answer: cut(text, maxAnswerLength),
    answerLength: text.length,
    ...origin,
    storedAt: createdAt,
    expiresAt,
    hits,
    bytes,
  };
}

/** Leaves out the first half of a surrogate pair that would lose the other. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const isHalved = /[\ud800-\udbff]/.test(text.charAt(length - 1));
  return text.slice(0, isHalved ? length - 1 : length);
}
