import type { CompressionResult } from '../shared/compression.js';
import { SkimpError } from '../shared/errors.js';
import type { CompressorStatus } from '../shared/status.js';
import { toUnchanged } from '../shared/to-unchanged.js';
import type { CompressionJob, CompressionProgress } from '../shared/worker-api.js';
import type { Compressor, CompressorOptions } from './compressor.js';

/** The compressor, whose code is loaded when it is first asked for: the cache does without. */
export interface LazyCompressor {
  /** See `WorkerApi.compress`. */
  compress(job: CompressionJob, onProgress?: CompressionProgress): Promise<CompressionResult>;
  abort(id: number): void;
  /** Loads code and model; resolves when it runs or has failed. */
  load(): Promise<void>;
  /** `undefined` before it is first asked for. */
  status(): CompressorStatus | undefined;
}

export function createLazyCompressor(options: CompressorOptions): LazyCompressor {
  const jobs = new Map<number, AbortController>();
  let status: CompressorStatus | undefined;
  let opening: Promise<Compressor> | undefined;

  function setStatus(next: CompressorStatus): void {
    status = next;
    options.onStatus(next);
  }

  async function importCompressor(): Promise<Compressor> {
    const { createCompressor } = await import('./compressor.js');
    return createCompressor({ ...options, onStatus: setStatus });
  }

  /** @returns undefined when the code cannot be loaded; the next call tries again. */
  async function open(): Promise<Compressor | undefined> {
    opening ??= importCompressor();
    try {
      return await opening;
    } catch (cause) {
      opening = undefined;
      const reason = "the compressor's code cannot be loaded";
      const error = new SkimpError('model-load-failed', reason, { cause });
      setStatus({ state: 'unavailable', reason, code: error.code });
      options.onFailure(error);
      return undefined;
    }
  }

  return {
    async compress({ id, request }, onProgress = () => {}) {
      const controller = new AbortController();
      jobs.set(id, controller);
      try {
        const compressor = await open();
        controller.signal.throwIfAborted();
        if (compressor === undefined) return toUnchanged(request.text);
        return await compressor.compress(request, { signal: controller.signal, onProgress });
      } finally {
        jobs.delete(id);
      }
    },
    abort: (id) =>
      jobs.get(id)?.abort(new SkimpError('internal', 'the text is not wanted any more')),
    async load() {
      const compressor = await open();
      await compressor?.load();
    },
    status: () => status,
  };
}
