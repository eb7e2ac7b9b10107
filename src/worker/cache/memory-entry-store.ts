import {
  compareAge,
  createSecret,
  emptyTotals,
  isNewerThan,
  replaceInTotals,
} from './entry-store.js';
import type { EntryStore, Removal, VectorRow } from './entry-store.js';
import { createMemoryFeedbackStore } from './feedback-store.js';
import type { FeedbackStore } from './feedback-store.js';
import type { CacheEntry, Totals } from './schema.js';
import { createMemoryTallyStore } from './tally-store.js';

/**
 * The store where IndexedDB cannot be used: lives as long as the worker.
 *
 * @param feedback - Where another store's reports have been taken over to.
 */
export function createMemoryEntryStore(
  feedback: FeedbackStore = createMemoryFeedbackStore(),
): EntryStore {
  const entries = new Map<string, CacheEntry>();
  const vectors = new Map<string, VectorRow>();
  let secret = createSecret();
  let totals: Totals = emptyTotals;

  function set(key: string, entry: CacheEntry | undefined): void {
    totals = replaceInTotals(totals, entries.get(key), entry);
    if (entry !== undefined) {
      entries.set(key, entry);
      return;
    }
    entries.delete(key);
    vectors.delete(key);
  }

  function removeAll(doomed: readonly CacheEntry[]): Removal {
    for (const { key } of doomed) set(key, undefined);
    return {
      keys: doomed.map(({ key }) => key),
      bytes: doomed.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  function put(entry: CacheEntry): Totals {
    const embedder = entries.get(entry.key)?.embedder ?? entry.embedder;
    set(entry.key, { ...entry, embedder });
    return totals;
  }

  const select = (test: (entry: CacheEntry) => boolean) => [...entries.values()].filter(test);

  return {
    kind: 'memory',
    feedback,
    tallies: createMemoryTallyStore(),
    readSecret: () => secret,
    async adoptSecret(adopted) {
      if (entries.size > 0) return false;
      secret = Promise.resolve(adopted);
      return true;
    },
    get: async (key) => entries.get(key),
    put: async (entry) => put(entry),
    async merge(merged) {
      const added = merged.filter((entry) => {
        const isNewer = isNewerThan(entry, entries.get(entry.key));
        if (isNewer) put(entry);
        return isNewer;
      });
      return { added: added.length, totals };
    },
    async putVector(row, embedder) {
      const entry = entries.get(row.key);
      if (entry === undefined) return;
      entries.set(row.key, { ...entry, embedder });
      vectors.set(row.key, row);
    },
    async countHit(key, toPriority) {
      const entry = entries.get(key);
      if (entry === undefined) return;
      const counted = { ...entry, hits: entry.hits + 1 };
      entries.set(key, { ...counted, priority: toPriority(counted, totals) });
    },
    remove: async (keys) => removeAll(select(({ key }) => keys.includes(key))),
    async purgeVectors() {},
    clear: async (owner) =>
      removeAll(select((entry) => owner === undefined || entry.owner === owner)),
    removeExpired: async (now) => removeAll(select(({ expiresAt }) => expiresAt <= now)),
    async evict(maxBytes) {
      const doomed: CacheEntry[] = [];
      let bytes = totals.bytes;
      for (const entry of select(() => true).toSorted((a, b) => a.priority - b.priority)) {
        if (bytes <= maxBytes) break;
        doomed.push(entry);
        bytes -= entry.bytes;
      }
      const removal = removeAll(doomed);
      totals = { ...totals, inflation: doomed.at(-1)?.priority ?? totals.inflation };
      return removal;
    },
    totals: async () => totals,
    list: async ({ owner, after, count, now }) =>
      select(
        (entry) =>
          now < entry.expiresAt &&
          (owner === undefined || entry.owner === owner) &&
          (after === undefined || compareAge(after, entry) < 0),
      )
        .toSorted(compareAge)
        .slice(0, count),
    readVectors: async (embedder) =>
      [...vectors.values()].filter(({ key }) => entries.get(key)?.embedder === embedder),
    listUnembedded: async (embedder, count) =>
      select((entry) => entry.embedder !== embedder).slice(0, count),
    close() {},
  };
}
