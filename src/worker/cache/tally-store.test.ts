import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import { openHealingDatabase } from './database.js';
import { createIdbTallyStore } from './idb-tally-store.js';
import { createMemoryTallyStore, MAX_TALLIES } from './tally-store.js';
import type { TallyStore } from './tally-store.js';

const openIdb = async (name: string = crypto.randomUUID()) =>
  createIdbTallyStore(await openHealingDatabase(name));
const variations: readonly (readonly [string, () => Promise<TallyStore>])[] = [
  ['memory', async () => createMemoryTallyStore()],
  ['indexeddb', () => openIdb()],
];

describe.each(variations)('tally store in %s', (_kind, open) => {
  test('what is added adds up, name by name', async () => {
    const store = await open();
    await store.add(new Map([['a', { calls: 1, usd: 0.5 }]]));
    await store.add(
      new Map([
        ['a', { calls: 2, ms: -3 }],
        ['b', { calls: 7 }],
      ]),
    );
    expect(await store.read('a')).toEqual({ calls: 3, usd: 0.5, ms: -3 });
    expect(await store.read('b')).toEqual({ calls: 7 });
    expect(await store.read('c')).toEqual({});
  });

  test('past the bound the record that was added to longest ago goes', async () => {
    const store = await open();
    await store.add(new Map([['total', { calls: 1 }]]));
    await store.add(
      new Map(Array.from({ length: MAX_TALLIES }, (_, at) => [`s${at}`, { calls: 1 }])),
    );
    expect(await store.read('total')).toEqual({});
    await store.add(new Map([['s0', { calls: 1 }]]));
    await store.add(new Map([['new', { calls: 1 }]]));
    expect(await store.read('s0')).toEqual({ calls: 2 });
    expect(await store.read('s1')).toEqual({});
    expect(await store.read('s2')).toEqual({ calls: 1 });
  });
});

test('two tabs that add at the same time lose nothing of each other', async () => {
  const name = crypto.randomUUID();
  const tabs = [await openIdb(name), await openIdb(name)];
  const adding = Array.from({ length: 40 }, (_, at) =>
    tabs[at % 2]?.add(new Map([['total', { calls: 1 }]])),
  );
  await Promise.all(adding);
  expect(await (await openIdb(name)).read('total')).toEqual({ calls: 40 });
});
