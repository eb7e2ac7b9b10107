import 'fake-indexeddb/auto';
import { afterEach, describe, expect, test } from 'vitest';
import { openHealingDatabase } from './database.js';
import { createSecret } from './entry-store.js';
import type { EntryRange, EntryStore, VectorRow } from './entry-store.js';
import { createIdbEntryStore } from './idb-entry-store.js';
import { createMemoryEntryStore } from './memory-entry-store.js';
import type { CacheEntry } from './schema.js';
import { SEGMENT_ROWS } from './vector-segments.js';

let databases = 0;
const variations: readonly (readonly [string, () => Promise<EntryStore>])[] = [
  ['memory', async () => createMemoryEntryStore()],
  [
    'indexeddb',
    async () => createIdbEntryStore(await openHealingDatabase(`store-${(databases += 1)}`)),
  ],
];

function createEntry(overrides: Partial<CacheEntry> = {}): CacheEntry {
  return {
    key: 'k1',
    scope: 's1',
    owner: 'o1',
    prompt: 'Capital of France?',
    response: { text: 'Paris', model: 'm' },
    createdAt: 0,
    expiresAt: 100,
    bytes: 1_000,
    hits: 0,
    priority: 1,
    embedder: '',
    ...overrides,
  };
}

function createRow(key: string, first = 1): VectorRow {
  return { key, scope: 's1', vector: { scale: 0.5, values: Int8Array.of(first, 2, 3, 4) } };
}

const toKeys = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key).sort();

describe.each(variations)('entry store in %s', (_kind, open) => {
  let store: EntryStore;
  const opened = async () => (store = await open());
  afterEach(() => store.close());

  test('an entry comes back as it was put', async () => {
    await opened();
    await store.put(createEntry());
    expect(await store.get('k1')).toEqual(createEntry());
    expect(await store.get('k2')).toBeUndefined();
  });

  test('totals count what is there, not what was ever put', async () => {
    await opened();
    await store.put(createEntry());
    await store.put(createEntry({ bytes: 3_000 }));
    await store.put(createEntry({ key: 'k2' }));
    expect(await store.totals()).toMatchObject({ entries: 2, bytes: 4_000 });
    expect(await store.remove(['k1', 'gone'])).toEqual({ keys: ['k1'], bytes: 3_000 });
    expect(await store.totals()).toMatchObject({ entries: 1, bytes: 1_000 });
  });

  test('a vector is read back for its embedder only', async () => {
    await opened();
    await store.put(createEntry());
    await store.putVector(createRow('k1'), 'minilm');
    expect(await store.readVectors('minilm')).toEqual([createRow('k1')]);
    expect(await store.readVectors('other')).toEqual([]);
  });

  test('a vector without its entry is not kept', async () => {
    await opened();
    await store.putVector(createRow('k1'), 'minilm');
    expect(await store.readVectors('minilm')).toEqual([]);
  });

  test('an entry that is put again keeps its vector', async () => {
    await opened();
    await store.put(createEntry());
    await store.putVector(createRow('k1'), 'minilm');
    await store.put(createEntry({ expiresAt: 900 }));
    expect(await store.readVectors('minilm')).toHaveLength(1);
    expect(await store.listUnembedded('minilm', 10)).toEqual([]);
  });

  test('entries without a vector of the embedder are listed, up to the count', async () => {
    await opened();
    for (const key of ['k1', 'k2', 'k3', 'k4']) await store.put(createEntry({ key }));
    await store.putVector(createRow('k1'), 'b');
    await store.putVector(createRow('k2'), 'a');
    await store.putVector(createRow('k3'), 'c');
    expect(toKeys(await store.listUnembedded('b', 10))).toEqual(['k2', 'k3', 'k4']);
    expect(await store.listUnembedded('b', 2)).toHaveLength(2);
  });

  test('a hit raises the count and the priority', async () => {
    await opened();
    await store.put(createEntry());
    await store.countHit('k1', ({ hits }) => hits * 10);
    await store.countHit('gone', () => 99);
    expect(await store.get('k1')).toMatchObject({ hits: 1, priority: 10 });
  });

  test('what has expired is removed, and nothing else', async () => {
    await opened();
    await store.put(createEntry({ key: 'old', expiresAt: 10 }));
    await store.put(createEntry({ key: 'new', expiresAt: 11 }));
    expect((await store.removeExpired(10)).keys).toEqual(['old']);
    expect(await store.get('new')).toBeDefined();
  });

  test('eviction takes the lowest priorities first and stops when there is room', async () => {
    await opened();
    await store.put(createEntry({ key: 'dear', priority: 9 }));
    await store.put(createEntry({ key: 'cheap', priority: 1 }));
    await store.put(createEntry({ key: 'middling', priority: 5 }));
    expect(await store.evict(1_500)).toEqual({ keys: ['cheap', 'middling'], bytes: 2_000 });
    expect(await store.totals()).toEqual({ entries: 1, bytes: 1_000, inflation: 5 });
    expect((await store.evict(1_500)).keys).toEqual([]);
  });

  test('clearing an owner leaves the others', async () => {
    await opened();
    await store.put(createEntry({ key: 'k1', owner: 'anna' }));
    await store.put(createEntry({ key: 'k2', owner: 'ben' }));
    await store.putVector(createRow('k1'), 'minilm');
    await store.putVector(createRow('k2'), 'minilm');
    expect((await store.clear('anna')).keys).toEqual(['k1']);
    expect(toKeys(await store.readVectors('minilm'))).toEqual(['k2']);
    expect((await store.clear(undefined)).keys).toEqual(['k2']);
    expect(await store.totals()).toMatchObject({ entries: 0, bytes: 0 });
  });

  test('the secret stays the same', async () => {
    await opened();
    const readRaw = async () => crypto.subtle.exportKey('raw', await store.readSecret());
    expect(await readRaw()).toEqual(await readRaw());
  });

  test('another secret is adopted by a store without entries only', async () => {
    await opened();
    const [first, second] = [await createSecret(), await createSecret()];
    expect(await store.adoptSecret(first)).toBe(true);
    expect(await store.readSecret()).toEqual(first);
    await store.put(createEntry());
    expect(await store.adoptSecret(second)).toBe(false);
    expect(await store.readSecret()).toEqual(first);
  });

  test('entries are listed from the newest on, a part at a time, one owner at a time', async () => {
    await opened();
    const put = (key: string, createdAt: number, owner: string) =>
      store.put(createEntry({ key, createdAt, owner }));
    await put('k1', 1, 'anna');
    await put('k4', 3, 'anna');
    await put('k2', 2, 'ben');
    await put('k3', 3, 'ben');
    const list = async (range: Partial<EntryRange>) =>
      (await store.list({ count: 9, now: 0, ...range })).map(({ key }) => key);
    expect(await list({})).toEqual(['k4', 'k3', 'k2', 'k1']);
    expect(await list({ count: 2 })).toEqual(['k4', 'k3']);
    expect(await list({ after: { createdAt: 3, key: 'k3' } })).toEqual(['k2', 'k1']);
    expect(await list({ owner: 'anna' })).toEqual(['k4', 'k1']);
    expect(await list({ owner: 'anna', after: { createdAt: 3, key: 'k4' } })).toEqual(['k1']);
    expect(await list({ owner: 'carl' })).toEqual([]);
  });

  test('what has expired is not listed, and does not count', async () => {
    await opened();
    await store.put(createEntry({ key: 'k1', createdAt: 1, expiresAt: 50 }));
    await store.put(createEntry({ key: 'k2', createdAt: 2, expiresAt: 10 }));
    expect(toKeys(await store.list({ count: 1, now: 10 }))).toEqual(['k1']);
  });

  test('a merge keeps what is newer, on either side, and a vector', async () => {
    await opened();
    await store.put(createEntry({ key: 'old', createdAt: 1 }));
    await store.putVector(createRow('old'), 'minilm');
    await store.put(createEntry({ key: 'new', createdAt: 9, bytes: 500 }));
    const merge = await store.merge(
      ['old', 'new', 'first', 'first'].map((key) =>
        createEntry({ key, createdAt: 5, bytes: 2_000 }),
      ),
    );
    expect(merge).toEqual({ added: 2, totals: { entries: 3, bytes: 4_500, inflation: 0 } });
    expect(await store.totals()).toEqual(merge.totals);
    expect(await store.get('old')).toMatchObject({ createdAt: 5, embedder: 'minilm' });
    expect(await store.get('new')).toMatchObject({ createdAt: 9 });
    expect(toKeys(await store.readVectors('minilm'))).toEqual(['old']);
  });
});

describe('segments', () => {
  const rowCount = SEGMENT_ROWS + 10;
  const keys = Array.from({ length: rowCount }, (_, row) => `k${row}`);

  async function createFilledStore() {
    const database = await openHealingDatabase(`segments-${(databases += 1)}`);
    const store = createIdbEntryStore(database);
    for (const [row, key] of keys.entries()) {
      await store.put(createEntry({ key, owner: row % 2 === 0 ? 'even' : 'odd' }));
      await store.putVector(createRow(key, row % 128), 'minilm');
    }
    const countSegments = () => database.use((db) => db.count('segments'));
    const countTail = () => database.use((db) => db.count('tail'));
    const readSegments = () => database.use((db) => db.getAll('segments'));
    return { store, countSegments, countTail, readSegments };
  }

  test('a full tail becomes a segment, and every vector is read back', async () => {
    const { store, countSegments, countTail } = await createFilledStore();
    expect([await countSegments(), await countTail()]).toEqual([1, 10]);
    const rows = await store.readVectors('minilm');
    expect(toKeys(rows)).toEqual([...keys].sort());
    expect(rows.find(({ key }) => key === 'k300')).toEqual(createRow('k300', 300 % 128));
  });

  test('clearing a scope leaves nothing of its vectors on disk', async () => {
    const { store, readSegments } = await createFilledStore();
    const { keys: cleared } = await store.clear('even');
    const kept = (await readSegments()).flatMap((segment) => segment.keys);
    expect(cleared).toHaveLength(rowCount / 2);
    expect(kept.filter((key) => cleared.includes(key))).toEqual([]);
    expect(await store.readVectors('minilm')).toHaveLength(rowCount / 2);
  });

  test('what is purged after its removal is not left in a segment', async () => {
    const { store, readSegments } = await createFilledStore();
    await store.remove(['k300']);
    await store.purgeVectors(['k300']);
    const [segment] = await readSegments();
    expect(segment?.keys).toHaveLength(SEGMENT_ROWS - 1);
    expect(segment?.keys).not.toContain('k300');
    expect(await store.readVectors('minilm')).toHaveLength(rowCount - 1);
  });

  test('a segment of many dead rows is written anew when it is read', async () => {
    const { store, readSegments } = await createFilledStore();
    await store.remove(keys.slice(0, 600));
    expect((await readSegments()).map((segment) => segment.keys.length)).toEqual([SEGMENT_ROWS]);
    expect(await store.readVectors('minilm')).toHaveLength(rowCount - 600);
    expect((await readSegments()).map((segment) => segment.keys.length)).toEqual([
      SEGMENT_ROWS - 600,
    ]);
  });
});
