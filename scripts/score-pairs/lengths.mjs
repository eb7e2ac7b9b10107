/** Counts words as the worker does, in Node. Needs what `setup()` installs. */
import { join } from 'node:path';
import { root } from '../setup.mjs';

/** @typedef {import('./rows.mjs').Lengths} Lengths */
/** @typedef {{ words: readonly unknown[] }} PromptWords */

/** @returns {Promise<(q1: string, q2: string) => Lengths>} the length features of a pair */
export async function loadLengths() {
  const { runnerImport } = await import('vite');
  const load = async (/** @type {string} */ path) =>
    (await runnerImport(join(root, 'src/worker/cache', path), { configFile: false, root })).module;
  const { toPairFeatures } =
    /** @type {{ toPairFeatures: (a: PromptWords, b: PromptWords, similarity: number) => Lengths }} */ (
      await load('pair-features.ts')
    );
  const { parsePromptWords } = /** @type {{ parsePromptWords: (text: string) => PromptWords }} */ (
    await load('guards/prompt-words.ts')
  );
  return (q1, q2) => {
    const { length, lengthGap } = toPairFeatures(parsePromptWords(q1), parsePromptWords(q2), 0);
    return { length, lengthGap };
  };
}
