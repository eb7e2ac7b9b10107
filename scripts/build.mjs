#!/usr/bin/env node
/** `npm run build`: dist/ (the library and the standalone worker) and dist-demo/ (the demo page). */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, runMain, setup } from './setup.mjs';

const toPath = (/** @type {string} */ path) => join(root, path);

/** Plain ESM by `tsc`: bundlers of apps find the literal worker URL in it. */
export function buildLibrary() {
  // The whole folder, build information too: a file whose source is gone must not be published.
  rmSync(toPath('dist'), { recursive: true, force: true });
  run(process.execPath, [
    toPath('node_modules/typescript/bin/tsc'),
    '-b',
    'src/client',
    'src/worker',
  ]);
}

/** What the compressor's code imports and the worker's, too. */
const sharedModules =
  /[\\/]src[\\/]shared[\\/]|[\\/]worker[\\/]models[\\/](?!.*compressor|token-classifier)|@huggingface/;

/**
 * The worker for apps without a bundler that understands `new Worker(new URL(...))`: everything it
 * imports is in its folder, but ONNX Runtime's wasm, which `runtimeUrl` names.
 *
 * @param {{ outDir?: string, write?: boolean }} [options]
 */
export async function buildStandaloneWorker({ outDir = 'dist/standalone', write = true } = {}) {
  const { build, defaultClientConditions } = await import('vite');
  return build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
    build: {
      target: 'es2022',
      outDir: toPath(outDir),
      emptyOutDir: true,
      modulePreload: false,
      write,
      rolldownOptions: {
        input: { 'skimp-worker': toPath('src/worker/main.ts') },
        // One small file for each build of ONNX Runtime beside it: a page fetches one of three. What
        // the compressor shares with the rest is a file of its own: were it in the worker's, an app
        // that gives this file another name or a query would run it twice.
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'skimp-[name].js',
          codeSplitting: { groups: [{ name: 'shared', test: sharedModules }] },
        },
      },
    },
  });
}

/** The demo, and the pages that scripts drive. */
export async function buildDemo() {
  const { build } = await import('vite');
  await build({ configFile: toPath('vite.config.ts'), logLevel: 'warn' });
}

/**
 * Builds the demo unless it is newer than all that it is made of.
 *
 * @param {boolean} [isForced]
 */
export async function ensureDemo(isForced = false) {
  const built = newestChange(['dist-demo/replay.html']);
  const sources = ['src', 'public', 'vite.config.ts', 'package-lock.json'];
  if (!isForced && built > newestChange(sources)) return;
  // Not on stdout, which may be a program's output.
  console.error('build: dist-demo/');
  await buildDemo();
}

/** @param {readonly string[]} paths files and folders @returns {number} 0 when none is there */
function newestChange(paths) {
  const times = paths.flatMap((path) => {
    if (!existsSync(toPath(path))) return [];
    if (!statSync(toPath(path)).isDirectory()) return statSync(toPath(path)).mtimeMs;
    return newestChange(readdirSync(toPath(path)).map((name) => join(path, name)));
  });
  return Math.max(0, ...times);
}

export async function buildAll() {
  console.log('build: dist/');
  buildLibrary();
  await buildStandaloneWorker();
  console.log('build: dist-demo/');
  await buildDemo();
}

await runMain(import.meta.url, async () => {
  await setup();
  await buildAll();
});
