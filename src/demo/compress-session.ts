import { createOptimizer } from '../index.js';
import type { CompressionRequest, CompressionResult, OptimizerStatus } from '../index.js';
import { watchLongTasks } from './long-tasks.js';

/** Settings of the optimizer; what is left out is its default. */
export type CompressSettings = {
  readonly databaseName: string;
  readonly backend?: 'auto' | 'webgpu' | 'wasm';
  readonly compressorUrl?: string;
  readonly hangMs?: number;
};

/** What became of a text. */
export type CompressOutcome = CompressionResult & {
  /** Why the model did not run, where it did not. */
  readonly detail?: string;
};

export type CompressSummary = {
  readonly status: OptimizerStatus;
  /** Tasks of more than 50 ms on the page's thread since the model was ready. */
  readonly longTasks: number;
};

/** One optimizer that texts are compressed by. */
export interface CompressSession {
  /** @param onWindow - Told how many of a text's windows are done. */
  compress(
    request: CompressionRequest,
    onWindow?: (done: number, total: number) => void,
  ): Promise<CompressOutcome>;
  summary(): Promise<CompressSummary>;
  /** Ends the worker and deletes the database. */
  close(): void;
}

/**
 * Starts an optimizer and loads its compressor.
 *
 * @throws when the model cannot be had: texts that come back unchanged say nothing.
 */
export async function createCompressSession(settings: CompressSettings): Promise<CompressSession> {
  // No prompt is looked up: the models of the cache are not needed.
  const optimizer = createOptimizer({ scope: 'compress', semantic: false, ...settings });

  async function compressOnce(
    { text, ...options }: CompressionRequest,
    onProgress: (done: number, total: number) => void,
  ): Promise<CompressOutcome> {
    let detail: string | undefined;
    const unsubscribe = optimizer.onEvent((event) => {
      if (event.type === 'fallback') detail = `${event.code}: ${event.reason}`;
    });
    const result = await optimizer.compress(text, { ...options, onProgress }).finally(unsubscribe);
    return result.skipped === 'unavailable' && detail !== undefined
      ? { ...result, detail }
      : result;
  }

  const { compressor } = await optimizer.loadCompressor();
  if (compressor?.state !== 'available') throw new Error(`no model: ${compressor?.reason}`);
  const countLongTasks = watchLongTasks();
  return {
    async compress(request, onWindow = () => {}) {
      const outcome = await compressOnce(request, onWindow);
      if (outcome.skipped !== 'unavailable') return outcome;
      // Once more: the worker may have been replaced on the way, and its model is not loaded.
      await optimizer.loadCompressor();
      return compressOnce(request, onWindow);
    },
    summary: async () => ({ status: await optimizer.status(), longTasks: countLongTasks() }),
    close() {
      optimizer.close();
      indexedDB.deleteDatabase(settings.databaseName);
    },
  };
}
