/** Checks what `npm run replay` and `npm run score-pairs` are given. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup.mjs';

/**
 * @param {readonly string[]} positionals
 * @returns {string} the one file that is named
 * @throws when there is another number of them, or it is not there
 */
export function toInputFile([file = '', ...others]) {
  if (others.length > 0) throw new Error('one file at a time');
  if (!existsSync(file)) throw new Error(`no such file: ${file}`);
  return file;
}

/**
 * @param {string} option
 * @param {string} text
 * @param {{ min: number, max: number }} range both included
 * @throws when `text` is no number in `range`
 */
export function toNumber(option, text, { min, max }) {
  const value = Number(text);
  if (text !== '' && value >= min && value <= max) return value;
  throw new Error(`--${option} is a number from ${min} to ${max}, not ${text}`);
}

/** @param {string} text @returns {'auto' | 'wasm' | 'webgpu'} @throws for any other */
export function toBackend(text) {
  if (text === 'auto' || text === 'wasm' || text === 'webgpu') return text;
  throw new Error(`--backend is wasm, webgpu or auto, not ${text}`);
}

/**
 * @param {string | undefined} text the option as given
 * @returns {Promise<number>} the library's default where there is none; needs what `setup()` installs
 */
export async function toMaxErrorRate(text) {
  if (text !== undefined) return toNumber('max-error-rate', text, { min: 0, max: 1 });
  const { runnerImport } = await import('vite');
  const file = join(root, 'src/client/options.ts');
  const { module } = await runnerImport(file, { configFile: false, root });
  const { resolveOptions } = /** @type {typeof import('../../src/client/options.ts')} */ (module);
  return resolveOptions({ scope: 'default' }, 'http://localhost/').settings.maxErrorRate;
}
