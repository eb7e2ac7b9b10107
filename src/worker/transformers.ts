import type { AppEmbedder } from '../shared/app-embedder.js';
import { assertAppModels, createAppModels } from './app-models.js';
import type { AppModels } from './app-models.js';
import { exposeWorker } from './expose-worker.js';
import { createPipelineEmbedder } from './models/pipeline-embedder.js';
import type { FeatureExtractor } from './models/pipeline-embedder.js';

/** Settings of {@link fromTransformers}. */
export type PipelineOptions = {
  /**
   * Names the model in `status()`, and tells its vectors from those of another.
   * @default type and name in the model's `config.json`
   */
  readonly id?: string;
};

/**
 * Makes the worker that calls this skimp's worker, on an embedding model of the app's own: neither
 * skimp's models nor its ONNX Runtime are fetched. Call it at once when the script runs, and hand
 * over the promise of a model that is still loading: exact repeats are served meanwhile.
 *
 * Similarities of another model than skimp's mean something else, and there is no verifier. So other
 * wordings are answered only where `calibration` says from which similarity on; without it, only
 * exact repeats are. What fails in the model is told by a `fallback` event, and is a miss.
 *
 * The optimizer's options `modelUrl`, `backend` and `autoDownload` mean nothing then. The worker
 * belongs to it: it is ended by `close()`, and replaced when it dies. The compressor works as ever,
 * with files and a runtime of skimp's own, fetched when a text is first to be compressed.
 *
 * @throws {@link SkimpError} `invalid-option`, at once; the page is told that the worker failed.
 * @example
 * // my-worker.js
 * exposeSkimp({ embedder: fromTransformers(pipeline('feature-extraction', 'Xenova/all-MiniLM-L6-v2')) });
 * // the page
 * const worker = () => new Worker(new URL('./my-worker.js', import.meta.url), { type: 'module' });
 * const optimizer = createOptimizer({ scope, worker });
 */
export function exposeSkimp(models: AppModels): void {
  assertAppModels(models);
  exposeWorker(createAppModels(models));
}

/**
 * Makes an embedder of a `feature-extraction` pipeline of `@xenova/transformers` 2 or
 * `@huggingface/transformers` 3 or 4: the mean over a text's tokens, as a unit vector. A text that
 * is longer than the model reads, or that its vocabulary lacks, has no vector.
 *
 * @param pipeline - What `pipeline('feature-extraction', ...)` returns, awaited or not.
 * @returns what `exposeSkimp` takes; rejects as `pipeline` does.
 */
export async function fromTransformers(
  pipeline: FeatureExtractor | PromiseLike<FeatureExtractor>,
  { id }: PipelineOptions = {},
): Promise<AppEmbedder> {
  return createPipelineEmbedder(await pipeline, id);
}
