import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { openDB } from 'idb';
import { openHealingDatabase } from './database.js';
import { createIdbTallyStore } from './idb-tally-store.js';

beforeEach(() => {
  vi.unstubAllGlobals();
  vi.stubGlobal('indexedDB', new IDBFactory());
});

test('a database that the browser closed is opened again, and its data is there', async () => {
  const database = await openHealingDatabase('healing');
  await database.use(async (db) => {
    await db.put('totals', { entries: 7, bytes: 1, inflation: 0 }, 'all');
    forceCloseDatabase(db as never); // its type is that of the plain handle
  });
  expect(await database.use((db) => db.get('totals', 'all'))).toMatchObject({ entries: 7 });
});

test('a handle that never works is given up after three reopenings', async () => {
  const database = await openHealingDatabase('dead');
  let attempts = 0;
  const use = database.use(async () => {
    attempts += 1;
    throw new DOMException('The database connection is closing.', 'InvalidStateError');
  });
  await expect(use).rejects.toMatchObject({ code: 'storage-blocked' });
  expect(attempts).toBe(4);
});

test('an error that reopening cannot help passes at once', async () => {
  const database = await openHealingDatabase('constraint');
  let attempts = 0;
  const use = database.use(async () => {
    attempts += 1;
    throw new DOMException('key exists', 'ConstraintError');
  });
  await expect(use).rejects.toMatchObject({ name: 'ConstraintError' });
  expect(attempts).toBe(1);
});

test('a browser that refuses IndexedDB is told apart by its code', async () => {
  vi.stubGlobal('indexedDB', {
    open() {
      throw new DOMException('denied in this context', 'SecurityError');
    },
  });
  await expect(openHealingDatabase('refused')).rejects.toMatchObject({ code: 'storage-blocked' });
});

test('an opening that another tab holds up does not wait for ever', async () => {
  vi.stubGlobal('indexedDB', { open: () => Object.assign(new EventTarget(), { result: null }) });
  await expect(openHealingDatabase('held', 5)).rejects.toMatchObject({ code: 'storage-blocked' });
});

test('a database of the second version keeps what is in it, and can take sums', async () => {
  const old = await openDB('lifted-2', 2, {
    upgrade(db) {
      const entries = db.createObjectStore('entries', { keyPath: 'key' });
      entries.createIndex('by-owner', ['owner', 'bytes']);
      for (const store of ['tail', 'segments', 'totals', 'secrets', 'feedback']) {
        db.createObjectStore(store);
      }
      const served = db.createObjectStore('served', { keyPath: ['threshold', 'key'] });
      served.createIndex('by-order', 'order');
    },
  });
  await old.put('entries', { key: 'k1', prompt: 'p' });
  await old.put('feedback', { lowered: 1, goodReports: 0, wrongReports: 1 }, 't');
  old.close();
  const database = await openHealingDatabase('lifted-2');
  const tallies = createIdbTallyStore(database);
  await tallies.add(new Map([['total', { calls: 1 }]]));
  expect(await tallies.read('total')).toEqual({ calls: 1 });
  await database.use(async (db) => {
    expect(await db.get('entries', 'k1')).toMatchObject({ prompt: 'p' });
    expect(await db.get('feedback', 't')).toMatchObject({ wrongReports: 1 });
  });
});

test('a database of the first version keeps what is in it, and can take reports and list it', async () => {
  const old = await openDB('lifted', 1, {
    upgrade(db) {
      const entries = db.createObjectStore('entries', { keyPath: 'key' });
      entries.createIndex('by-owner', ['owner', 'bytes']);
      for (const store of ['tail', 'segments', 'totals', 'secrets']) db.createObjectStore(store);
    },
  });
  await old.put('entries', { key: 'k1', owner: 'o', prompt: 'p', createdAt: 5 });
  old.close();
  const database = await openHealingDatabase('lifted');
  await database.use(async (db) => {
    expect(await db.get('entries', 'k1')).toMatchObject({ prompt: 'p' });
    expect([await db.count('feedback'), await db.count('served')]).toEqual([0, 0]);
    expect(await db.getAllKeysFromIndex('entries', 'by-age')).toEqual(['k1']);
    expect(await db.getAllKeysFromIndex('entries', 'by-owner-age')).toEqual(['k1']);
  });
});
