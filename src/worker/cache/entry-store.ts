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

/**
 * Where entries and vectors are kept. A method that changes several records changes all or none.
 * Any may throw {@link SkimpError} `storage-blocked`, `put` also `storage-full`.
 */
export interface EntryStore {
  readonly kind: 'indexeddb' | 'memory';
  readonly feedback: FeedbackStore;
  readonly tallies: TallyStore;
  /** The key of all hashes: made once, cannot be read out. */
  readSecret(): Promise<CryptoKey>;
  get(key: string): Promise<CacheEntry | undefined>;
  /**
   * Adds an entry, or replaces one and keeps its vector: the same key is the same prompt.
   *
   * @returns the totals with it.
   */
  put(entry: CacheEntry): Promise<Totals>;
  /** Keeps the vector of an entry, if that is still there. */
  putVector(row: VectorRow, embedder: string): Promise<void>;
  /** Notes a hit, if the entry is still there. */
  countHit(key: string, toPriority: (entry: CacheEntry, totals: Totals) => number): Promise<void>;
  remove(keys: readonly string[]): Promise<Removal>;
  /** Removes the entries of `owner`, or all, and their vectors at once, not lazily. */
  clear(owner: string | undefined): Promise<Removal>;
  removeExpired(now: number): Promise<Removal>;
  /** Removes entries of the lowest priority until at most `maxBytes` remain. */
  evict(maxBytes: number): Promise<Removal>;
  totals(): Promise<Totals>;
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

/** Makes the key of {@link EntryStore.readSecret}. */
export async function createSecret(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}
