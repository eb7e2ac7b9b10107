import type { SkimpError } from '../shared/errors.js';
import { toSkimpError } from '../shared/errors.js';
import type { OptimizerStatus } from '../shared/status.js';
import type { Embedding } from './models/embedder.js';
import { loadEmbedder, planLoading } from './models/load-embedder.js';
import type { LoadedEmbedder, LoaderOptions } from './models/load-embedder.js';
import { createQueue } from './queue.js';

/** Embeddings kept, so that storing an answer does not embed its prompt again. */
const RECENT_EMBEDDINGS = 64;
/** Failed runs in a row after which a GPU is taken for lost. */
const MAX_GPU_FAILURES = 2;
/** Progress is told at most once in so many bytes. */
const PROGRESS_STEP_BYTES = 262_144;

type ModelStatus = Omit<OptimizerStatus, 'storage'>;

export type SemanticModelOptions = Omit<LoaderOptions, 'onState'> & {
  readonly isEnabled: boolean;
  readonly autoDownload: boolean;
  readonly onStatus: (status: ModelStatus) => void;
  /** Called once with a model that runs, before it is `available`; returns what to add to why. */
  readonly onLoaded: (loaded: LoadedEmbedder) => Promise<string | undefined>;
  readonly onFailure: (error: SkimpError) => void;
  /** Called when only a new worker can help: a lost GPU may block this one for ever. */
  readonly onGpuLost: () => void;
};

/** The embedding model from its download to its failure, one inference at a time. */
export interface SemanticModel {
  status(): ModelStatus;
  /** Starts what `autoDownload` allows: the files on disk always, a download if it is true. */
  start(): Promise<void>;
  /** Loads the model whatever `autoDownload` says; resolves when it runs or has failed. */
  load(): Promise<void>;
  /**
   * @param shouldRun - Asked when the text's turn comes: what is late by then is not run.
   * @returns `undefined` when there is no model, it was not to run, or it failed.
   */
  embed(text: string, shouldRun?: () => boolean): Promise<Embedding | undefined>;
}

export function createSemanticModel(options: SemanticModelOptions): SemanticModel {
  const queue = createQueue();
  const recent = new Map<string, Embedding>();
  let status: ModelStatus = options.isEnabled
    ? { semantic: 'downloadable', reason: 'not started' }
    : { semantic: 'unavailable', reason: 'turned off by the option semantic' };
  let loaded: LoadedEmbedder | undefined;
  let loading: Promise<void> | undefined;
  let gpuFailures = 0;
  let reportedBytes = 0;

  function setStatus(next: ModelStatus): void {
    status = next;
    options.onStatus(next);
  }

  const loaderOptions: LoaderOptions = {
    ...options,
    onState(state) {
      status = state;
      const bytes = state.progress?.loadedBytes ?? 0;
      const isDone = bytes === state.progress?.totalBytes;
      if (!isDone && bytes - reportedBytes < PROGRESS_STEP_BYTES) return;
      reportedBytes = bytes;
      options.onStatus(state);
    },
  };

  async function run(mayDownload: boolean): Promise<void> {
    try {
      const plan = await planLoading(loaderOptions);
      const model = plan.manifest.id;
      if (!mayDownload && !plan.isCached) {
        const reason = 'waits for loadModel(), as the option autoDownload says';
        setStatus({ semantic: 'downloadable', reason, model });
        return;
      }
      setStatus({ semantic: 'downloading', reason: plan.choice.reason, model });
      const fresh = await queue.run(() => loadEmbedder(plan, loaderOptions));
      loaded = fresh; // before it is announced: `onLoaded` embeds
      const note = await options.onLoaded(fresh);
      const { backend, dtype } = fresh;
      const reason = note === undefined ? fresh.reason : `${fresh.reason}; ${note}`;
      setStatus({ semantic: 'available', reason, model, backend, dtype });
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

  async function infer(text: string, { embedder, backend }: LoadedEmbedder) {
    try {
      const embedding = await embedder.embed(text);
      gpuFailures = 0;
      remember(text, embedding);
      return embedding;
    } catch (error) {
      options.onFailure(toSkimpError(error, 'inference-failed'));
      gpuFailures += 1;
      if (backend === 'webgpu' && gpuFailures >= MAX_GPU_FAILURES) options.onGpuLost();
      return undefined;
    }
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
    async embed(text, shouldRun = () => true) {
      const model = loaded;
      if (model === undefined) return undefined;
      const known = recent.get(text);
      if (known !== undefined) return known;
      return queue.run(async () => (shouldRun() ? infer(text, model) : undefined));
    },
  };
}
