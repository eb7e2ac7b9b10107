import type { SkimpError } from '../shared/errors.js';
import { toSkimpError } from '../shared/errors.js';
import type { OptimizerStatus } from '../shared/status.js';
import type { ModelSource } from './model-source.js';
import type { Embedding } from './models/embedder.js';
import type { LoadedModels, LoadState } from './models/load-models.js';
import type { Verification } from './models/verifier.js';
import type { Queue } from './queue.js';

/** Embeddings kept, so that storing an answer does not embed its prompt again. */
const RECENT_EMBEDDINGS = 64;
/** Failed runs in a row after which a GPU is taken for lost. */
const MAX_GPU_FAILURES = 2;
/** Progress is told at most once in so many bytes. */
const PROGRESS_STEP_BYTES = 262_144;

type ModelStatus = Omit<OptimizerStatus, 'storage'>;

export type SemanticModelOptions = {
  readonly createSource: (onState: (state: LoadState) => void) => ModelSource;
  /** Of all inference in this worker. */
  readonly queue: Queue;
  readonly isEnabled: boolean;
  readonly autoDownload: boolean;
  readonly onStatus: (status: ModelStatus) => void;
  /** Called once with models that run, before they are `available`; returns what to add to why. */
  readonly onLoaded: (loaded: LoadedModels) => Promise<string | undefined>;
  readonly onFailure: (error: SkimpError) => void;
  /** Called when only a new worker can help: a lost GPU may block this one for ever. */
  readonly onGpuLost: () => void;
};

/** Why nothing was inferred: no model runs, the turn came after the deadline, or the run failed. */
export type NoInference = { readonly kind: 'no-model' | 'late' | 'failed' };

/** The embedder has no verifier beside it. */
export type NoVerifier = { readonly kind: 'no-verifier' };

/** Asked when a text's turn comes: what is late by then is not run. */
export type MayRun = () => boolean;

/**
 * Embedder and verifier from their download to their failure, one inference at a time. What fails
 * is told to `onFailure`; nothing rejects.
 */
export interface SemanticModel {
  status(): ModelStatus;
  /** Starts what `autoDownload` allows: the files on disk always, a download if it is true. */
  start(): Promise<void>;
  /** Loads the models whatever `autoDownload` says; resolves when it runs or has failed. */
  load(): Promise<void>;
  embed(text: string, mayRun?: MayRun): Promise<Embedding | NoInference>;
  /** Reads two prompts at once: see {@link Verification}. */
  verify(
    pair: readonly [string, string],
    mayRun?: MayRun,
  ): Promise<Verification | NoVerifier | NoInference>;
}

export function createSemanticModel(options: SemanticModelOptions): SemanticModel {
  const { queue } = options;
  const recent = new Map<string, Embedding>();
  let status: ModelStatus = options.isEnabled
    ? { semantic: 'downloadable', reason: 'not started' }
    : { semantic: 'unavailable', reason: 'turned off by the option semantic' };
  let loaded: LoadedModels | undefined;
  let loading: Promise<void> | undefined;
  let gpuFailures = 0;
  let reportedBytes = 0;

  function setStatus(next: ModelStatus): void {
    status = next;
    options.onStatus(next);
  }

  const source = options.createSource((state) => {
    status = state;
    const bytes = state.progress?.loadedBytes ?? 0;
    const isDone = bytes === state.progress?.totalBytes;
    if (!isDone && bytes - reportedBytes < PROGRESS_STEP_BYTES) return;
    reportedBytes = bytes;
    options.onStatus(state);
  });

  async function run(mayDownload: boolean): Promise<void> {
    try {
      const plan = await source.plan();
      const { model } = plan;
      if (!mayDownload && !plan.isCached) {
        const reason = 'waits for loadModel(), as the option autoDownload says';
        setStatus({ semantic: 'downloadable', reason, model });
        return;
      }
      setStatus({ semantic: 'downloading', reason: plan.reason, model });
      const fresh = await plan.load(queue);
      loaded = fresh; // before it is announced: `onLoaded` embeds
      const note = await options.onLoaded(fresh);
      const { backend, dtype } = fresh;
      const reason = note === undefined ? fresh.reason : `${fresh.reason}; ${note}`;
      const device = { ...(backend && { backend }), ...(dtype && { dtype }) };
      setStatus({ semantic: 'available', reason, model: fresh.model, ...device });
    } catch (thrown) {
      loaded = undefined;
      const error = toSkimpError(thrown, 'model-load-failed');
      setStatus({ semantic: 'unavailable', reason: error.message, code: error.code });
      options.onFailure(error);
    }
  }

  async function start(mayDownload: boolean): Promise<void> {
    if (!options.isEnabled || loaded !== undefined) return;
    loading ??= run(mayDownload).finally(() => {
      loading = undefined;
    });
    await loading;
  }

  /** Runs `task` in its turn. */
  async function infer<T>(
    task: (models: LoadedModels) => Promise<T>,
    mayRun: MayRun = () => true,
  ): Promise<T | NoInference> {
    const models = loaded;
    if (models === undefined) return { kind: 'no-model' };
    return queue.run(async () => {
      if (!mayRun()) return { kind: 'late' };
      try {
        const result = await task(models);
        gpuFailures = 0;
        return result;
      } catch (error) {
        options.onFailure(toSkimpError(error, 'inference-failed'));
        gpuFailures += 1;
        if (models.backend === 'webgpu' && gpuFailures >= MAX_GPU_FAILURES) options.onGpuLost();
        return { kind: 'failed' };
      }
    });
  }

  function remember(text: string, embedding: Embedding): void {
    recent.delete(text);
    recent.set(text, embedding);
    const [oldest] = recent.keys();
    if (recent.size > RECENT_EMBEDDINGS && oldest !== undefined) recent.delete(oldest);
  }

  return {
    status: () => status,
    start: () => start(options.autoDownload),
    async load() {
      await loading; // a start that found nothing on disk
      await start(true);
    },
    async embed(text, mayRun) {
      const known = recent.get(text);
      if (known !== undefined) return known;
      return infer(async ({ embedder }) => {
        const embedding = await embedder.embed(text);
        remember(text, embedding);
        return embedding;
      }, mayRun);
    },
    async verify([a, b], mayRun) {
      if (loaded === undefined) return { kind: 'no-model' };
      const { verifier } = loaded;
      if (verifier === undefined) return { kind: 'no-verifier' };
      return infer(() => verifier.verify(a, b), mayRun);
    },
  };
}
