import type { StoreNames } from 'idb';
import { SkimpError } from '../../shared/errors.js';
import type { HealingDatabase } from './database.js';
import { createSecret, emptyTotals, isNewerThan, replaceInTotals } from './entry-store.js';
import type { EntryRange, EntryStore, Removal } from './entry-store.js';
import { createIdbFeedbackStore } from './idb-feedback-store.js';
import { createIdbTallyStore } from './idb-tally-store.js';
import type { CacheDatabase, CacheEntry, CacheSchema, CacheTransaction, Totals } from './schema.js';
import { appendVector, purgeVectors, readSegments } from './vector-segments.js';

const DATA_STORES: StoreNames<CacheSchema>[] = ['entries', 'tail', 'segments', 'totals'];

/** Keeps entries in IndexedDB. Relaxed durability: a crash may lose the last seconds of a cache. */
export function createIdbEntryStore(database: HealingDatabase): EntryStore {
  /** Runs `work` in one transaction, to its end: quota errors come when it commits. */
  function change<T>(work: (tx: CacheTransaction) => Promise<T>): Promise<T> {
    return database.use(async (db) => {
      const tx = db.transaction(DATA_STORES, 'readwrite', { durability: 'relaxed' });
      try {
        const result = await work(tx);
        await tx.done;
        return result;
      } catch (error) {
        throw await toTransactionError(tx, error);
      }
    });
  }

  return {
    kind: 'indexeddb',
    feedback: createIdbFeedbackStore(database),
    tallies: createIdbTallyStore(database),
    readSecret: () => database.use(readSecret),
    adoptSecret: (secret) =>
      database.use(async (db) => {
        const tx = db.transaction(['entries', 'secrets'], 'readwrite');
        const isFree = (await tx.objectStore('entries').count()) === 0;
        if (isFree) await tx.objectStore('secrets').put(secret, 'hmac');
        await tx.done;
        return isFree;
      }),
    get: (key) => database.use((db) => db.get('entries', key)),
    put: (entry) =>
      change(async (tx) => {
        const before = await tx.objectStore('entries').get(entry.key);
        const embedder = before?.embedder ?? entry.embedder;
        await tx.objectStore('entries').put({ ...entry, embedder });
        return writeTotals(tx, (totals) => replaceInTotals(totals, before, entry));
      }),
    merge: (entries) =>
      change(async (tx) => {
        const store = tx.objectStore('entries');
        let totals = await readTotals(tx);
        let added = 0;
        for (const entry of entries) {
          const before = await store.get(entry.key);
          if (!isNewerThan(entry, before)) continue;
          await store.put({ ...entry, embedder: before?.embedder ?? entry.embedder });
          totals = replaceInTotals(totals, before, entry);
          added += 1;
        }
        await writeTotals(tx, () => totals);
        return { added, totals };
      }),
    putVector: (row, embedder) =>
      change(async (tx) => {
        const entry = await tx.objectStore('entries').get(row.key);
        if (entry === undefined) return;
        await tx.objectStore('entries').put({ ...entry, embedder });
        await appendVector(tx, row, embedder);
      }),
    countHit: (key, toPriority) =>
      change(async (tx) => {
        const entry = await tx.objectStore('entries').get(key);
        if (entry === undefined) return;
        const counted = { ...entry, hits: entry.hits + 1 };
        const priority = toPriority(counted, await readTotals(tx));
        await tx.objectStore('entries').put({ ...counted, priority });
      }),
    remove: (keys) =>
      change(async (tx) => {
        const found = await Promise.all(keys.map((key) => tx.objectStore('entries').get(key)));
        return removeEntries(tx, found.filter(isEntry));
      }),
    purgeVectors: (keys) => change((tx) => purgeVectors(tx, new Set(keys))),
    clear: (owner) => change((tx) => clear(tx, owner)),
    removeExpired: (now) =>
      change(async (tx) => {
        const range = IDBKeyRange.upperBound([now, Infinity]);
        return removeEntries(tx, await listByIndex(tx, 'by-expiry', { range }));
      }),
    evict: (maxBytes) => change((tx) => evict(tx, maxBytes)),
    totals: () => database.use(async (db) => (await db.get('totals', 'all')) ?? emptyTotals),
    list: (range) => database.use((db) => list(db, range)),
    readVectors: (embedder) =>
      change(async (tx) => {
        const liveKeys = new Set(await tx.objectStore('entries').getAllKeys());
        return readSegments(tx, embedder, liveKeys);
      }),
    listUnembedded: (embedder, count) =>
      database.use(async (db) => {
        const index = db.transaction('entries').store.index('by-embedder');
        const below = await index.getAll(IDBKeyRange.upperBound(embedder, true), count);
        if (below.length === count) return below;
        const above = IDBKeyRange.lowerBound(embedder, true);
        return [...below, ...(await index.getAll(above, count - below.length))];
      }),
    close: () => database.close(),
  };
}

/** Walks an index from its end; no more than a page of values is ever in memory. */
async function list(db: CacheDatabase, range: EntryRange): Promise<readonly CacheEntry[]> {
  const { owner, after, count, now } = range;
  const store = db.transaction('entries').store;
  const to: [number, string] = after ? [after.createdAt, after.key] : [Infinity, ''];
  let cursor =
    owner === undefined
      ? await store.index('by-age').openCursor(IDBKeyRange.upperBound(to, true), 'prev')
      : await store
          .index('by-owner-age')
          .openCursor(IDBKeyRange.bound([owner], [owner, ...to], true, true), 'prev');
  const found: CacheEntry[] = [];
  while (cursor !== null && found.length < count) {
    if (now < cursor.value.expiresAt) found.push(cursor.value);
    if (found.length < count) cursor = await cursor.continue();
  }
  return found;
}

async function readSecret(db: CacheDatabase): Promise<CryptoKey> {
  const known = await db.get('secrets', 'hmac');
  if (known !== undefined) return known;
  const fresh = await createSecret(); // before the transaction: waiting for it would end that
  const tx = db.transaction('secrets', 'readwrite');
  const other = await tx.store.get('hmac'); // another tab may have been first
  if (other === undefined) await tx.store.put(fresh, 'hmac');
  await tx.done;
  return other ?? fresh;
}

/** What a removal must know of an entry; a key cursor tells it without reading the value. */
type Doomed = Pick<CacheEntry, 'key' | 'bytes'>;

type Ranked = Doomed & { readonly rank: string | number };
type RankIndex = 'by-owner' | 'by-expiry' | 'by-priority';

/** Entries of `range`, in the index's order, until they make up `neededBytes`. */
async function listByIndex(
  tx: CacheTransaction,
  indexName: RankIndex,
  {
    range = null,
    neededBytes = Infinity,
  }: { readonly range?: IDBKeyRange | null; readonly neededBytes?: number },
): Promise<readonly Ranked[]> {
  const found: Ranked[] = [];
  let freed = 0;
  let cursor = await tx.objectStore('entries').index(indexName).openKeyCursor(range);
  while (cursor !== null && freed < neededBytes) {
    const [rank, bytes] = cursor.key;
    found.push({ key: cursor.primaryKey, bytes, rank });
    freed += bytes;
    cursor = await cursor.continue();
  }
  return found;
}

async function removeEntries(tx: CacheTransaction, doomed: readonly Doomed[]): Promise<Removal> {
  const keys = doomed.map(({ key }) => key);
  const bytes = doomed.reduce((sum, entry) => sum + entry.bytes, 0);
  await Promise.all(
    keys.flatMap((key) => [
      tx.objectStore('entries').delete(key),
      tx.objectStore('tail').delete(key),
    ]),
  );
  await writeTotals(tx, (totals) => ({
    ...totals,
    entries: totals.entries - keys.length,
    bytes: totals.bytes - bytes,
  }));
  return { keys, bytes };
}

async function clear(tx: CacheTransaction, owner: string | undefined): Promise<Removal> {
  const range =
    owner === undefined ? null : IDBKeyRange.bound([owner, 0], [owner, Number.MAX_VALUE]);
  const removal = await removeEntries(tx, await listByIndex(tx, 'by-owner', { range }));
  await purgeVectors(tx, new Set(removal.keys));
  return removal;
}

async function evict(tx: CacheTransaction, maxBytes: number): Promise<Removal> {
  const { bytes } = await readTotals(tx);
  const neededBytes = Math.max(0, bytes - maxBytes);
  const doomed = await listByIndex(tx, 'by-priority', { neededBytes });
  const removal = await removeEntries(tx, doomed);
  const last = doomed.at(-1);
  if (last !== undefined) {
    await writeTotals(tx, (totals) => ({ ...totals, inflation: Number(last.rank) }));
  }
  return removal;
}

async function readTotals(tx: CacheTransaction): Promise<Totals> {
  return (await tx.objectStore('totals').get('all')) ?? emptyTotals;
}

async function writeTotals(
  tx: CacheTransaction,
  update: (totals: Totals) => Totals,
): Promise<Totals> {
  const totals = update(await readTotals(tx));
  await tx.objectStore('totals').put(totals, 'all');
  return totals;
}

function isEntry(entry: CacheEntry | undefined): entry is CacheEntry {
  return entry !== undefined;
}

/** What ended the transaction: its requests fail with AbortError, and only it knows the cause. */
async function toTransactionError(tx: CacheTransaction, error: unknown): Promise<unknown> {
  try {
    tx.abort();
  } catch {
    // it has ended already
  }
  const cause = await tx.done.then(
    () => error,
    (ending: unknown) => (tx.error === null ? error : ending),
  );
  const isQuota = cause instanceof DOMException && cause.name === 'QuotaExceededError';
  return isQuota ? new SkimpError('storage-full', 'the disk is full', { cause }) : cause;
}
