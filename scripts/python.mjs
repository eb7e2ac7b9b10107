/** The Python environment of training/: made once, from the lock file. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const folder = join(root, 'training');
const environment = join(folder, '.venv');
const stampFile = join(environment, 'skimp-lock');

/** Path of the environment's Python, whether it is made or not. */
export const pythonPath = join(environment, 'bin', 'python');

/** Whether the environment is there and holds what the lock file says. */
export function isPythonReady() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockStamp();
}

/**
 * Makes the environment where it is missing.
 *
 * @returns {string | undefined} why it cannot be made; `undefined` when it is ready
 */
export function setUpPython() {
  if (isPythonReady()) return undefined;
  if (spawnSync('python3.11', ['--version']).status !== 0) return 'there is no python3.11';
  console.log('setup: installing the Python packages of training/');
  const lock = join(folder, 'requirements.lock');
  const steps = [
    ['python3.11', ['-m', 'venv', '--clear', environment]],
    [pythonPath, ['-m', 'pip', 'install', '--quiet', '--require-hashes', '-r', lock]],
  ];
  for (const [command, args] of /** @type {[string, string[]][]} */ (steps)) {
    const { status } = spawnSync(command, args, { stdio: 'inherit' });
    if (status !== 0) return `${command} ${args[1]} ended with ${status}`;
  }
  writeFileSync(stampFile, lockStamp());
  return undefined;
}

function lockStamp() {
  return createHash('sha256')
    .update(readFileSync(join(folder, 'requirements.lock')))
    .digest('hex');
}

/**
 * Runs Python in training/ and waits for it.
 *
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 * @returns {number} its exit status
 */
export function runPython(args, env = {}) {
  const { status } = spawnSync(pythonPath, args, {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status ?? 1;
}
