import { openHealingDatabase } from './database.js';
import { createIdbEntryStore } from './idb-entry-store.js';
import { createMemoryEntryStore } from './memory-entry-store.js';
import { createPromptCache } from './prompt-cache.js';
import { createKeyMaker } from './scope-key.js';
import { createTransfer } from './transfer.js';

export const storeKinds = ['memory', 'indexeddb'] as const;

export type TransferWorldOptions = {
  readonly kind?: (typeof storeKinds)[number];
  readonly ttlMs?: number;
  readonly maxBytes?: number;
};

/** A cache of its own, with the means to list, export and import, at a time that the test sets. */
export async function createTransferWorld(options: TransferWorldOptions = {}) {
  const { kind = 'memory', ttlMs = 1_000_000, maxBytes = 1_000_000 } = options;
  const clock = { time: 1_000 };
  const now = () => clock.time;
  const store =
    kind === 'memory'
      ? createMemoryEntryStore()
      : createIdbEntryStore(await openHealingDatabase(crypto.randomUUID()));
  const keyMaker = createKeyMaker(await store.readSecret(), 'anna');
  const cache = createPromptCache({
    store,
    now,
    ttlMs,
    maxBytes,
    maxErrorRate: 0.01,
    onEvict: () => {},
    announce: () => {},
  });
  const adoptSecret = async (secret: CryptoKey) => {
    const isAdopted = await store.adoptSecret(secret);
    if (isAdopted) keyMaker.adoptSecret(secret);
    return isAdopted;
  };
  const parts = { store, cache, keyMaker, adoptSecret, now, ttlMs, maxBytes };
  const transfer = createTransfer(parts);
  const toKeys = (query: string, scope?: string) =>
    keyMaker.toKeys({ query, model: 'm', context: [], params: {}, ...(scope && { scope }) });
  return {
    ...parts,
    clock,
    /** Stores at the next millisecond. */
    async add(query: string, text = `answer to ${query}`, scope?: string) {
      clock.time += 1;
      const keys = await toKeys(query, scope);
      const usage = { promptTokens: 8, completionTokens: 3 };
      await cache.add(keys, query, { text, model: 'm-1', usage, latencyMs: 900.5 });
      return keys.key;
    },
    async answerTo(query: string, scope?: string) {
      const found = await cache.findExact(await toKeys(query, scope));
      return found?.kind === 'hit' ? found.response.text : undefined;
    },
    async export(exported: { scope?: string; portable?: boolean } = {}) {
      const options = { portable: false, ...exported };
      const file = await transfer.export(options, new AbortController().signal);
      if ('refused' in file) throw new Error(file.refused);
      return file;
    },
    import: (file: Blob | string, signal = new AbortController().signal) =>
      transfer.import(new Blob([file]), signal),
  };
}
