import { releaseProxy } from 'comlink';
import { SkimpError } from '../shared/errors.js';
import type { CompressionProgress, WorkerApi } from '../shared/worker-api.js';
import { createEngine } from './engine.js';
import type { Engine } from './engine.js';
import type { CreateModelSource } from './model-source.js';

/**
 * The API that the page calls: an engine that `init` makes.
 *
 * @param createSource - Where its embedder comes from.
 * @param abandon - Ends this worker.
 */
export function createWorkerApi(createSource: CreateModelSource, abandon: () => void): WorkerApi {
  let engine: Engine | undefined;
  function ready(): Engine {
    if (engine === undefined) throw new SkimpError('internal', 'init must be called first');
    return engine;
  }
  return {
    async init(settings, onEvent) {
      engine = createEngine({
        settings,
        report: (detail) => onEvent({ at: Date.now(), ...detail }),
        now: Date.now,
        gpu: 'gpu' in navigator ? navigator.gpu : undefined,
        createSource,
        abandon,
      });
    },
    lookup: async (request, deadlineAt) => ready().lookup(request, deadlineAt),
    store: async (request, response) => ready().store(request, response),
    compare: async (first, second) => ready().compare(first, second),
    reportWrongHit: async (key) => ready().reportWrongHit(key),
    reportGoodHit: async (key) => ready().reportGoodHit(key),
    clear: async (scope) => ready().clear(scope),
    entries: async (query) => ready().entries(query),
    removeEntry: async (key) => ready().removeEntry(key),
    exportEntries: async (job) => ready().exportEntries(job),
    importEntries: async (job) => ready().importEntries(job),
    abortTransfer: async (id) => ready().abortTransfer(id),
    usage: async () => ready().usage(),
    recordSavings: async (records) => ready().recordSavings(records),
    readSavings: async () => ready().readSavings(),
    status: async () => ready().status(),
    loadModel: async () => ready().loadModel(),
    async compress(job, onProgress) {
      try {
        return await ready().compress(job, onProgress && guard(onProgress));
      } finally {
        releaseProgress(onProgress);
      }
    },
    abortCompression: async (id) => ready().abortCompression(id),
    loadCompressor: async () => ready().loadCompressor(),
  };
}

/** A function of the page holds a message port until it is released. */
function releaseProgress(onProgress: CompressionProgress | undefined): void {
  const release: unknown = Reflect.get(onProgress ?? {}, releaseProxy);
  if (typeof release === 'function') release();
}

/** Told across threads, it rejects where the page is gone: nobody waits for it. */
function guard(onProgress: CompressionProgress): CompressionProgress {
  return (done, total) => void Promise.resolve(onProgress(done, total)).catch(() => {});
}
