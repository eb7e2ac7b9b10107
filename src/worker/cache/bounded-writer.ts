import { isSkimpError } from '../../shared/errors.js';
import type { EntryStore } from './entry-store.js';
import type { CacheEntry, Totals } from './schema.js';

/** Share of `maxBytes` to which eviction clears, so that it does not run at every store. */
const EVICTION_TARGET = 0.9;
/** Share of `maxBytes` that one entry may take: a giant must not drive out all others. */
const MAX_ENTRY_SHARE = 0.25;
/** Share of the present bytes to which eviction clears when the disk is full. */
const FULL_DISK_TARGET = 0.75;

export type BoundedWriterOptions = {
  readonly store: EntryStore;
  readonly maxBytes: number;
  /** Evicts from the store until at most `targetBytes` remain, and tells whom it concerns. */
  readonly evictTo: (targetBytes: number) => Promise<void>;
};

/** Writes entries and keeps to `maxBytes`. */
export interface BoundedWriter {
  /** Whether an entry of this size may be kept at all. */
  fits(bytes: number): boolean;
  put(entry: CacheEntry): Promise<void>;
  /** @returns how many were added: see {@link EntryStore.merge}. */
  merge(entries: readonly CacheEntry[]): Promise<number>;
}

export function createBoundedWriter(options: BoundedWriterOptions): BoundedWriter {
  const { store, maxBytes, evictTo } = options;

  async function keepWithin({ bytes }: Totals): Promise<void> {
    if (bytes > maxBytes) await evictTo(maxBytes * EVICTION_TARGET);
  }

  /** A disk that is full before `maxBytes` is reached counts as the bound. */
  async function writeOrEvict<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      const { bytes } = await store.totals();
      if (!isSkimpError(error) || error.code !== 'storage-full' || bytes === 0) throw error;
      await evictTo(bytes * FULL_DISK_TARGET);
      return write();
    }
  }

  return {
    fits: (bytes) => bytes <= maxBytes * MAX_ENTRY_SHARE,
    put: async (entry) => keepWithin(await writeOrEvict(() => store.put(entry))),
    async merge(entries) {
      const { added, totals } = await writeOrEvict(() => store.merge(entries));
      await keepWithin(totals);
      return added;
    },
  };
}
