import type { OptimizerStatus } from '../shared/status.js';
import type { TraceDetail } from '../shared/trace.js';
import type { WorkerSettings } from '../shared/worker-settings.js';
import { createForeground } from './foreground.js';
import type { Foreground } from './foreground.js';
import { createLazyCompressor } from './lazy-compressor.js';
import type { LazyCompressor } from './lazy-compressor.js';
import type { CreateModelSource, SourceParts } from './model-source.js';
import { createQueue } from './queue.js';
import { createSemanticModel } from './semantic-model.js';
import type { SemanticModel, SemanticModelOptions } from './semantic-model.js';

export type InferenceOptions = Pick<
  SemanticModelOptions,
  'onLoaded' | 'onFailure' | 'onGpuLost'
> & {
  readonly settings: WorkerSettings;
  readonly gpu: SourceParts['gpu'];
  readonly createSource: CreateModelSource;
  readonly report: (detail: TraceDetail) => void;
};

/** All that runs models in this worker, one inference at a time. */
export type Inference = {
  readonly model: SemanticModel;
  readonly compressor: LazyCompressor;
  /** What the compressor lets pass between two windows. */
  readonly foreground: Foreground;
  readonly status: () => OptimizerStatus;
};

export function createInference({
  settings,
  report,
  createSource,
  ...options
}: InferenceOptions): Inference {
  const queue = createQueue();
  const foreground = createForeground();
  const onStatus = () => report({ type: 'status-change', ...status() });
  const compressor = createLazyCompressor({
    ...settings,
    ...options,
    queue,
    letLookupsPass: foreground.settled,
    onStatus,
  });
  const model = createSemanticModel({
    ...settings,
    ...options,
    createSource: (onState) => createSource({ settings, gpu: options.gpu, onState }),
    queue,
    isEnabled: settings.semantic,
    onStatus,
  });
  function status(): OptimizerStatus {
    const ofCompressor = compressor.status();
    const ofModel = model.status();
    return ofCompressor === undefined ? ofModel : { ...ofModel, compressor: ofCompressor };
  }
  return { model, compressor, foreground, status };
}
