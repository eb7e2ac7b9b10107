import type { ModelSource, SourceParts } from './model-source.js';
import { loadModels, planLoading } from './models/load-models.js';
import type { LoaderOptions } from './models/load-models.js';
import { assertManifest } from './models/manifest.js';
import { createModelFiles } from './models/model-files.js';

/** The models of the folder `modelUrl`. */
export function createShippedModels({ settings, gpu, onState }: SourceParts): ModelSource {
  const { modelUrl, backend, runtimeUrl } = settings;
  const files = createModelFiles(modelUrl, assertManifest);
  const options: LoaderOptions = { files, backend, gpu, runtimeUrl, onState };
  return {
    async plan() {
      const plan = await planLoading(options);
      return {
        model: plan.manifest.id,
        reason: plan.choice.reason,
        isCached: plan.isCached,
        load: (queue) => queue.run(() => loadModels(plan, options)),
      };
    },
  };
}
