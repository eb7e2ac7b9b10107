/** Installs node-llama-cpp, which runs the model, into a folder of its own: no dependency of skimp. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup.mjs';

const sourceFolder = join(root, 'scripts/llm/engine');

/**
 * Prebuilt for the processor. Those for graphics cards weigh up to 360 MB, and this model gains
 * nothing from one.
 *
 * @type {Readonly<Record<string, string>>}
 */
const binaries = {
  'darwin-arm64': '@node-llama-cpp/mac-arm64-metal',
  'darwin-x64': '@node-llama-cpp/mac-x64',
  'linux-arm64': '@node-llama-cpp/linux-arm64',
  'linux-x64': '@node-llama-cpp/linux-x64',
  'win32-arm64': '@node-llama-cpp/win-arm64',
  'win32-x64': '@node-llama-cpp/win-x64',
};

/**
 * @param {string} folder
 * @throws when there is no prebuilt binary for this computer, or npm fails
 */
export function ensureEngine(folder) {
  const manifest = toManifest(
    JSON.parse(readFileSync(join(sourceFolder, 'package.json'), 'utf8')),
    `${process.platform}-${process.arch}`,
  );
  const lock = readFileSync(join(sourceFolder, 'package-lock.json'));
  const stamp = createHash('sha256').update(manifest).update(lock).digest('hex');
  const stampFile = join(folder, 'node_modules', '.skimp-engine');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  console.log('llm: installing node-llama-cpp (85 MB) by npm');
  writeFileSync(join(folder, 'package.json'), manifest);
  copyFileSync(join(sourceFolder, 'package-lock.json'), join(folder, 'package-lock.json'));
  // Not `ci`: the lock file cannot name the binary as a dependency that every system has. What it
  // names is checked against its hashes all the same.
  const args = ['install', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', [...args, '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32', // npm is a script there
  });
  if (status !== 0) throw new Error('npm could not install node-llama-cpp; its output is above');
  writeFileSync(stampFile, stamp);
}

/**
 * The engine's package.json with the binary for `system`. npm is told to omit optional packages,
 * among them the binaries for graphics cards, so this one is made a dependency.
 *
 * @param {{ dependencies: Record<string, string> }} manifest
 * @param {string} system such as `linux-x64`
 * @returns {string}
 */
export function toManifest(manifest, system) {
  const binary = binaries[system];
  if (binary === undefined) throw new Error(`node-llama-cpp has no prebuilt binary for ${system}`);
  const version = manifest.dependencies['node-llama-cpp'] ?? '';
  const dependencies = { ...manifest.dependencies, [binary]: version };
  return `${JSON.stringify({ ...manifest, dependencies }, null, 2)}\n`;
}
