#!/usr/bin/env node
/**
 * `npx skimp-models public/models`: copies the packaged models into the folder that an app serves,
 * and with `--standalone public/skimp` the standalone worker with ONNX Runtime's files. Uses Node's
 * own modules only: it runs where the app is.
 */
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const usage = `skimp-models FOLDER [--standalone FOLDER]

  FOLDER                 where the app serves models from: public/models, for /models/
  --standalone FOLDER    copies the standalone worker and ONNX Runtime's files there: public/skimp`;

const toPackagePath = (/** @type {string} */ path) =>
  fileURLToPath(new URL(`../${path}`, import.meta.url));

/** @param {string} to */
function copyModels(to) {
  const from = toPackagePath('public/models');
  for (const model of readdirSync(from)) {
    cpSync(join(from, model), join(to, model), {
      recursive: true,
      filter: (path) => !path.endsWith('golden.json'), // for the tests of skimp itself
    });
    console.log(`${join(to, model)}/`);
  }
}

/** @param {string} to */
function copyStandalone(to) {
  cpSync(toPackagePath('dist/standalone'), to, { recursive: true });
  const runtime = dirname(createRequire(import.meta.url).resolve('onnxruntime-web/wasm'));
  // The builds for WASM and for WebGPU with and without JSPI; `jsep` is of no use here.
  for (const build of ['', '.asyncify', '.jspi']) {
    for (const ending of ['mjs', 'wasm']) {
      const name = `ort-wasm-simd-threaded${build}.${ending}`;
      cpSync(join(runtime, name), join(to, name));
    }
  }
  console.log(`${to}/skimp-worker.js and ONNX Runtime`);
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { standalone: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const [folder] = positionals;
  if (values.help || folder === undefined || positionals.length > 1) {
    console.log(usage);
    process.exitCode = values.help ? 0 : 1;
    return;
  }
  if (!existsSync(toPackagePath('public/models'))) throw new Error('the package holds no models');
  mkdirSync(folder, { recursive: true });
  copyModels(folder);
  if (values.standalone === undefined) return;
  mkdirSync(values.standalone, { recursive: true });
  copyStandalone(values.standalone);
}

try {
  main();
} catch (error) {
  console.error(`skimp-models: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
