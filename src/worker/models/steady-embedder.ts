import type { AppEmbedder, NoVector } from '../../shared/app-embedder.js';
import { createDeferred } from '../../shared/deferred.js';
import { SkimpError } from '../../shared/errors.js';

/** A model of the app's that answers in time, one text at a time, or fails. */
export interface SteadyEmbedder extends Pick<AppEmbedder, 'id' | 'dims'> {
  /**
   * The vector as the model gives it, in memory of its own.
   *
   * @throws {@link SkimpError} `inference-failed` when there is none within `timeoutMs`, or while a
   *   text that was given up is still under way.
   */
  embed(text: string, timeoutMs: number): Promise<Float32Array | NoVector>;
}

export function createSteadyEmbedder(app: AppEmbedder): SteadyEmbedder {
  let isBusy = false;
  return {
    id: app.id,
    ...(app.dims !== undefined && { dims: app.dims }),
    async embed(text, timeoutMs) {
      if (isBusy) throw toAppEmbedderError('still works on an earlier text');
      isBusy = true;
      const answer = run(app, text).finally(() => {
        isBusy = false;
      });
      const { promise: silence, reject } = createDeferred<never>();
      const error = toAppEmbedderError(`gave no vector in ${timeoutMs} ms`);
      const timer = setTimeout(() => reject(error), timeoutMs);
      try {
        return await Promise.race([answer, silence]);
      } finally {
        clearTimeout(timer);
        answer.catch(() => {}); // nobody waits for one that was given up
      }
    },
  };
}

async function run(app: AppEmbedder, text: string): Promise<Float32Array | NoVector> {
  let answer: unknown;
  try {
    answer = await app.embed(text);
  } catch (cause) {
    // No more than the name: what it says may quote the prompt.
    const name = cause instanceof Error ? cause.name : typeof cause;
    throw toAppEmbedderError(`failed with ${name}`, { cause });
  }
  if (answer === 'too-long' || answer === 'unreadable') return answer;
  if (answer instanceof Float32Array) return Float32Array.from(answer); // the app may reuse its own
  throw toAppEmbedderError('gave no Float32Array');
}

export function toAppEmbedderError(problem: string, options?: ErrorOptions): SkimpError {
  return new SkimpError('inference-failed', `the embedder of the app ${problem}`, options);
}
