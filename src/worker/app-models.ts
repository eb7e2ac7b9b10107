import type { AppEmbedder, EmbedderCalibration } from '../shared/app-embedder.js';
import { SkimpError } from '../shared/errors.js';
import type { CreateModelSource } from './model-source.js';
import { findCalibrationProblem, toCalibration } from './models/app-calibration.js';
import { openAppEmbedder } from './models/open-app-embedder.js';
import type { AppEmbedderLimits } from './models/open-app-embedder.js';
import { createSteadyEmbedder } from './models/steady-embedder.js';
import type { SteadyEmbedder } from './models/steady-embedder.js';

/** What the app gives in place of skimp's models. */
export type AppModels = {
  /** The app's model, or a promise of it: give the promise, so that exact repeats are served meanwhile. */
  readonly embedder: AppEmbedder | PromiseLike<AppEmbedder>;
  /** Without one, only exact repeats are served. @default undefined */
  readonly calibration?: EmbedderCalibration;
};

const limits: AppEmbedderLimits = { firstMs: 60_000, laterMs: 10_000 };

/** The app's embedder, with no verifier beside it. */
export function createAppModels({ embedder, calibration }: AppModels): CreateModelSource {
  const ready = Promise.resolve(embedder).then(toSteady);
  ready.catch(() => {}); // told when the optimizer asks for it
  return () => ({
    plan: async () => ({
      model: 'embedder of the app',
      reason: 'waits for the embedder of the app',
      isCached: true, // whatever is downloaded, the app has chosen to
      async load(queue) {
        const app = await ready; // not in the queue: the compressor need not wait for a download
        const opened = await queue.run(() => openAppEmbedder(app, limits));
        return {
          embedder: opened,
          calibration: toCalibration(calibration),
          model: app.id,
          reason: `embedder of the app, ${opened.dims} dims`,
        };
      },
    }),
  });
}

function toSteady(app: AppEmbedder): SteadyEmbedder {
  const problem = findEmbedderProblem(app);
  if (problem !== undefined) throw new SkimpError('model-load-failed', problem);
  return createSteadyEmbedder(app);
}

/** @throws {@link SkimpError} `invalid-option`. */
export function assertAppModels(given: unknown): asserts given is AppModels {
  const problem = findProblem(given);
  if (problem !== undefined) throw new SkimpError('invalid-option', `exposeSkimp: ${problem}`);
}

function findProblem(given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null) return 'it needs an object with an embedder';
  const { embedder, calibration, ...others }: { embedder?: unknown; calibration?: unknown } = given;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return `unknown option ${unknown}; known are embedder, calibration`;
  const isPromise = typeof Reflect.get(Object(embedder), 'then') === 'function';
  const problem = isPromise ? undefined : findEmbedderProblem(embedder);
  return problem ?? (calibration === undefined ? undefined : findCalibrationProblem(calibration));
}

function findEmbedderProblem(given: unknown): string | undefined {
  const { id, dims, embed }: { id?: unknown; dims?: unknown; embed?: unknown } = Object(given);
  if (typeof embed !== 'function') return 'the embedder needs a function embed';
  if (typeof id !== 'string' || id === '') return 'the embedder needs an id that is not empty';
  const isCount = Number.isSafeInteger(dims) && Number(dims) > 0;
  return dims === undefined || isCount ? undefined : `dims must be a positive integer, got ${dims}`;
}
