import type { CompressionRequest, CompressionResult } from '../shared/compression.js';
import type { SkimpError } from '../shared/errors.js';
import { toSkimpError } from '../shared/errors.js';
import type { CompressorStatus } from '../shared/status.js';
import { toUnchanged } from '../shared/to-unchanged.js';
import type { CompressionProgress } from '../shared/worker-api.js';
import { compressText } from './compress/compress-text.js';
import type { Compression } from './compress/compress-text.js';
import type { ReaderInput, WordReader } from './compress/read-words.js';
import { estimateTokens, loadTokenCounter } from './compress/token-counting.js';
import { assertCompressorManifest } from './models/compressor-manifest.js';
import { letOthersIn } from './models/let-others-in.js';
import { loadCompressor } from './models/load-compressor.js';
import type { CompressorLoaderOptions, LoadedCompressor } from './models/load-compressor.js';
import { createModelFiles } from './models/model-files.js';
import type { Queue } from './queue.js';

/** Time for which a text is worked on before others are let in, in milliseconds. */
const SLICE_MS = 30;
/** Time after a failure before the model is loaded again unasked, in milliseconds. */
const RETRY_MS = 30_000;
/** Progress is told at most once in so many bytes. */
const PROGRESS_STEP_BYTES = 262_144;
/** Failed runs in a row after which a GPU is taken for lost. */
const MAX_GPU_FAILURES = 2;

export type CompressorOptions = Pick<CompressorLoaderOptions, 'backend' | 'gpu' | 'runtimeUrl'> & {
  /** Folder of the model, absolute, with a closing slash. */
  readonly compressorUrl: string;
  /** Of all inference in this worker. */
  readonly queue: Queue;
  /** Resolves when what users wait for has passed. */
  readonly letLookupsPass: () => Promise<void>;
  readonly onStatus: (status: CompressorStatus) => void;
  readonly onFailure: (error: SkimpError) => void;
  /** Called when only a new worker can help. */
  readonly onGpuLost: () => void;
};

/** One text on its way. */
export type CompressionTurn = {
  readonly signal: AbortSignal;
  readonly onProgress: CompressionProgress;
};

/** The compressor from its download to its failure, one inference at a time. */
export interface Compressor {
  /**
   * Shortens a text, or gives it back as it was and tells `onFailure` why.
   *
   * @throws `signal.reason`, and nothing else.
   */
  compress(request: CompressionRequest, turn: CompressionTurn): Promise<CompressionResult>;
  /** Loads the model; resolves when it runs or has failed. */
  load(): Promise<void>;
}

export function createCompressor(options: CompressorOptions): Compressor {
  const model = createModel(options);

  async function openReader(): Promise<WordReader> {
    const loaded = await model.load(false);
    const { tokenizer, maxTokens, selection } = loaded;
    return {
      special: tokenizer.special,
      maxTokens,
      selection,
      encode: tokenizer.encodeBare,
      classify: (input) => model.classify(loaded, input),
    };
  }

  async function shorten(
    request: CompressionRequest,
    { signal, onProgress }: CompressionTurn,
  ): Promise<Compression> {
    const checkpoint = createCheckpoint(signal, options.letLookupsPass);
    try {
      const count = await loadTokenCounter(request.counter ?? 'estimate');
      return await compressText(request, { count, openReader, checkpoint, onProgress });
    } catch (error) {
      signal.throwIfAborted();
      options.onFailure(toSkimpError(error, 'inference-failed'));
      return toUnchanged(request.text, estimateTokens(request.text));
    }
  }

  return {
    async compress(request, turn) {
      const startedAt = performance.now();
      const compression = await shorten(request, turn);
      return { ...compression, milliseconds: performance.now() - startedAt };
    },
    async load() {
      await model.load(true).catch(options.onFailure);
    },
  };
}

function createModel(options: CompressorOptions) {
  const { queue, compressorUrl, onStatus, onGpuLost } = options;
  const files = createModelFiles(compressorUrl, assertCompressorManifest);
  const onState = createProgressFilter(onStatus);
  let loading: Promise<LoadedCompressor> | undefined;
  let failedAt: number | undefined;
  let gpuFailures = 0;

  async function open(): Promise<LoadedCompressor> {
    try {
      const loaded = await loadCompressor({ ...options, files, onState, runInTurn: queue.run });
      const { reason, model, backend, dtype } = loaded;
      onStatus({ state: 'available', reason, model, backend, dtype });
      return loaded;
    } catch (thrown) {
      const error = toSkimpError(thrown, 'model-load-failed');
      failedAt = performance.now();
      onStatus({ state: 'unavailable', reason: error.message, code: error.code });
      throw error;
    }
  }

  return {
    /** Loads the model once, and again after a failure that is long ago or if it is asked for. */
    load(isAsked: boolean): Promise<LoadedCompressor> {
      const isDue = failedAt !== undefined && (isAsked || performance.now() - failedAt > RETRY_MS);
      if (loading === undefined || isDue) {
        failedAt = undefined;
        loading = open();
      }
      return loading;
    },
    classify: ({ classifier, backend }: LoadedCompressor, input: ReaderInput) =>
      queue.run(async () => {
        try {
          const logits = await classifier.classify(input);
          gpuFailures = 0;
          return logits;
        } catch (error) {
          gpuFailures += 1;
          if (backend === 'webgpu' && gpuFailures >= MAX_GPU_FAILURES) onGpuLost();
          throw error;
        }
      }),
  };
}

/** Tells of a download's progress once in so many bytes. */
function createProgressFilter(
  onStatus: (status: CompressorStatus) => void,
): (status: CompressorStatus) => void {
  let toldBytes = 0;
  return (status) => {
    const { loadedBytes, totalBytes } = status.progress ?? { loadedBytes: 0, totalBytes: 0 };
    const isStep = loadedBytes - toldBytes >= PROGRESS_STEP_BYTES;
    if (status.progress !== undefined && !isStep && loadedBytes < totalBytes) return;
    toldBytes = loadedBytes;
    onStatus(status);
  };
}

/** Ends the task now and then, so that lookups, aborts and other messages are heard. */
function createCheckpoint(
  signal: AbortSignal,
  letLookupsPass: () => Promise<void>,
): () => Promise<void> {
  let since = performance.now();
  return async () => {
    signal.throwIfAborted();
    if (performance.now() - since < SLICE_MS) return;
    await letOthersIn();
    await letLookupsPass();
    signal.throwIfAborted();
    since = performance.now();
  };
}
