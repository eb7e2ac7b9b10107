/** Checks what `npm run replay`, `score-pairs` and `compress` are given. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
 * Told before the work, not after.
 *
 * @param {string | undefined} path of a file to write
 * @param {string} input
 * @throws when its folder is not there, or it is `input`
 */
export function assertWritable(path, input) {
  if (path === undefined) return;
  if (!existsSync(dirname(path))) throw new Error(`no such folder: ${dirname(path)}`);
  if (existsSync(path) && realpathSync(path) === realpathSync(input)) {
    throw new Error(`${path} is the file that is read`);
  }
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
