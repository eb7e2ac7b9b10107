import type { EntryCursor } from '../../shared/entry-cursor.js';
import type { FeedbackStore } from './feedback-store.js';
import type { QuantizedVector } from './quantize.js';
import type { CacheEntry, Totals } from './schema.js';
import type { TallyStore } from './tally-store.js';

/** The vector of an entry, made by one embedder. */
export type VectorRow = {
  readonly key: string;
  readonly scope: string;
  readonly vector: QuantizedVector;
};

/** What a removal removed. */
export type Removal = { readonly keys: readonly string[]; readonly bytes: number };

/** Which entries are listed. */
export type EntryRange = {
  /** Those of one owner only. */
  readonly owner?: string | undefined;
  /** Those that come after this place only. */
  readonly after?: EntryCursor | undefined;
  readonly count: number;
  /** Entries that have expired by then are left out. */
  readonly now: number;
};

/** What a merge added or replaced, and the totals with it. */
export type Merge = { readonly added: number; readonly totals: Totals };

/**
 * Where entries and vectors are kept. A method that changes several records changes all or none.
 * Any may throw {@link SkimpError} `storage-blocked`, `put` also `storage-full`.
 */
export interface EntryStore {
  readonly kind: 'indexeddb' | 'memory';
  readonly feedback: FeedbackStore;
  readonly tallies: TallyStore;
  /** The key of all hashes, made once. */
  readSecret(): Promise<CryptoKey>;
  /** Takes `secret` for the key of all hashes. @returns false, when entries are hashed by another. */
  adoptSecret(secret: CryptoKey): Promise<boolean>;
  get(key: string): Promise<CacheEntry | undefined>;
  /**
   * Adds an entry, or replaces one and keeps its vector: the same key is the same prompt.
   *
   * @returns the totals with it.
   */
  put(entry: CacheEntry): Promise<Totals>;
  /** Puts those entries that are newer than what is stored under their key, or the first there. */
  merge(entries: readonly CacheEntry[]): Promise<Merge>;
  /** Keeps the vector of an entry, if that is still there. */
  putVector(row: VectorRow, embedder: string): Promise<void>;
  /** Notes a hit, if the entry is still there. */
  countHit(key: string, toPriority: (entry: CacheEntry, totals: Totals) => number): Promise<void>;
  remove(keys: readonly string[]): Promise<Removal>;
  /** Removes the vectors of removed entries for good, which `remove` may leave for later. */
  purgeVectors(keys: readonly string[]): Promise<void>;
  /** Removes the entries of `owner`, or all, and their vectors at once, not lazily. */
  clear(owner: string | undefined): Promise<Removal>;
  removeExpired(now: number): Promise<Removal>;
  /** Removes entries of the lowest priority until at most `maxBytes` remain. */
  evict(maxBytes: number): Promise<Removal>;
  totals(): Promise<Totals>;
  /** The newest first; of equal age, the greater key. */
  list(range: EntryRange): Promise<readonly CacheEntry[]>;
  /** Vectors of `embedder`; those of removed entries are left out, and purged when they are many. */
  readVectors(embedder: string): Promise<readonly VectorRow[]>;
  /** Up to `count` entries that have no vector of `embedder`. */
  listUnembedded(embedder: string, count: number): Promise<readonly CacheEntry[]>;
  close(): void;
}

export const emptyTotals: Totals = { entries: 0, bytes: 0, inflation: 0 };

/** The totals when `after` (or nothing) takes the place of `before` (or of nothing). */
export function replaceInTotals(
  totals: Totals,
  before: CacheEntry | undefined,
  after: CacheEntry | undefined,
): Totals {
  return {
    ...totals,
    entries: totals.entries + (after === undefined ? 0 : 1) - (before === undefined ? 0 : 1),
    bytes: totals.bytes + (after?.bytes ?? 0) - (before?.bytes ?? 0),
  };
}

/** Whether a merge puts `entry` in the place of `stored`. */
export function isNewerThan(entry: CacheEntry, stored: CacheEntry | undefined): boolean {
  return stored === undefined || stored.createdAt < entry.createdAt;
}

/** Below 0 when `a` is listed before `b`: the newest first. */
export function compareAge(a: EntryCursor, b: EntryCursor): number {
  if (a.createdAt !== b.createdAt) return b.createdAt - a.createdAt;
  return a.key === b.key ? 0 : Number(a.key < b.key) * 2 - 1;
}

/** Makes the key of {@link EntryStore.readSecret}; it can be read out, for a portable export. */
export async function createSecret(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
}
