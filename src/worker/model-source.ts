import type { WorkerSettings } from '../shared/worker-settings.js';
import type { LoadedModels, LoadState } from './models/load-models.js';
import type { Queue } from './queue.js';

/** Where embedder and verifier come from. */
export interface ModelSource {
  /** @throws {@link SkimpError} `model-load-failed`. */
  plan(): Promise<SourcePlan>;
}

/** What must be fetched, known before it is. */
export type SourcePlan = {
  readonly model: string;
  /** Where it will run and why, or what it waits for. */
  readonly reason: string;
  /** Whether nothing must be downloaded. */
  readonly isCached: boolean;
  /**
   * Loads the models; what it infers, it infers in its turn.
   *
   * @throws {@link SkimpError} `model-load-failed`.
   */
  load(queue: Queue): Promise<LoadedModels>;
};

/** What a source may need of the worker. */
export type SourceParts = {
  readonly settings: WorkerSettings;
  /** `navigator.gpu`, where there is one. */
  readonly gpu: unknown;
  readonly onState: (state: LoadState) => void;
};

export type CreateModelSource = (parts: SourceParts) => ModelSource;
