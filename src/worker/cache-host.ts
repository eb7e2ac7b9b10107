import type { SkimpError } from '../shared/errors.js';
import { isSkimpError } from '../shared/errors.js';
import type { TraceDetail } from '../shared/trace.js';
import type { WorkerSettings } from '../shared/worker-settings.js';
import type { EntryStore } from './cache/entry-store.js';
import { createMemoryFeedbackStore } from './cache/feedback-store.js';
import { createMemoryEntryStore } from './cache/memory-entry-store.js';
import { openEntryStore } from './cache/open-entry-store.js';
import { createPromptCache } from './cache/prompt-cache.js';
import type { PromptCache } from './cache/prompt-cache.js';
import { createKeyMaker } from './cache/scope-key.js';
import type { KeyMaker } from './cache/scope-key.js';
import { openTabChannel } from './cache/tab-channel.js';
import type { LoadedModels } from './models/load-models.js';

export type CacheParts = {
  readonly store: EntryStore;
  readonly cache: PromptCache;
  readonly keyMaker: KeyMaker;
  /** See {@link EntryStore.adoptSecret}. */
  readonly adoptSecret: (secret: CryptoKey) => Promise<boolean>;
  /** Closes the store, and the ear to other tabs. */
  readonly close: () => void;
};

export type CacheHostOptions = {
  readonly settings: WorkerSettings;
  readonly report: (detail: TraceDetail) => void;
  /** Told once, when IndexedDB cannot be used (any more). */
  readonly onBlocked: (error: SkimpError) => void;
  readonly now: () => number;
};

/** Keeps a cache going: in IndexedDB, and in memory from the moment that this fails for good. */
export interface CacheHost {
  /** Runs `work`, and once more on the store in memory if IndexedDB fails in it. */
  use<T>(work: (parts: CacheParts) => Promise<T>): Promise<T>;
  /** Opens the semantic tier for a model that runs; a store that is opened later follows. */
  openSemanticTier(loaded: LoadedModels): Promise<void>;
}

export function createCacheHost(options: CacheHostOptions): CacheHost {
  const { settings, onBlocked } = options;
  let model: LoadedModels | undefined;
  let parts = openEntryStore(settings.databaseName, onBlocked).then((store) =>
    assemble(store, options),
  );

  const openTier = async ({ cache }: CacheParts, { embedder, calibration }: LoadedModels) =>
    cache.openSemanticTier({
      embedder: embedder.fingerprint,
      dims: embedder.dims,
      riskModel: calibration,
    });

  /** Of several calls that fail together, the first moves the cache to memory. */
  async function moveToMemory(failed: CacheParts, error: SkimpError): Promise<CacheParts> {
    if ((await parts) === failed) {
      onBlocked(error);
      failed.close();
      // What users reported must not be forgotten with the disk: the threshold stays lowered.
      const feedback = createMemoryFeedbackStore(failed.cache.feedback());
      parts = assemble(createMemoryEntryStore(feedback), options);
      if (model !== undefined) await openTier(await parts, model);
    }
    return parts;
  }

  async function use<T>(work: (parts: CacheParts) => Promise<T>): Promise<T> {
    const current = await parts;
    try {
      return await work(current);
    } catch (error) {
      if (!isSkimpError(error) || error.code !== 'storage-blocked') throw error;
      return work(await moveToMemory(current, error));
    }
  }

  return {
    use,
    async openSemanticTier(loaded) {
      model = loaded;
      await use((current) => openTier(current, loaded));
    },
  };
}

async function assemble(
  store: EntryStore,
  { settings, report, now }: CacheHostOptions,
): Promise<CacheParts> {
  const keyMaker = createKeyMaker(await store.readSecret(), settings.scope);
  // A store in memory is this worker's own: it has nothing to tell.
  const channel =
    store.kind === 'indexeddb'
      ? openTabChannel(settings.databaseName, (message) => {
          if (message.type !== 'secret') cache.receive(message);
          else void store.readSecret().then(keyMaker.adoptSecret, () => {}); // then nothing hits
        })
      : undefined;
  const cache = createPromptCache({
    store,
    now,
    ttlMs: settings.ttlMs,
    maxBytes: settings.maxBytes,
    maxErrorRate: settings.maxErrorRate,
    onEvict: ({ keys, bytes }) => report({ type: 'cache-evict', entries: keys.length, bytes }),
    announce: (message) => channel?.post(message),
  });
  const adoptSecret = async (secret: CryptoKey) => {
    const isAdopted = await store.adoptSecret(secret);
    if (isAdopted) {
      keyMaker.adoptSecret(secret);
      channel?.post({ type: 'secret' });
    }
    return isAdopted;
  };
  const close = () => {
    store.close();
    channel?.close();
  };
  return { store, cache, keyMaker, adoptSecret, close };
}
