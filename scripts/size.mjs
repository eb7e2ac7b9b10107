#!/usr/bin/env node
/** Sizes of what an app's users download, brotli-compressed as a server would. Needs dist/. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { buildStandaloneWorker } from './build.mjs';
import { root, setup } from './setup.mjs';

/** Bytes, brotli-compressed; past one, the check fails. */
const budgets = {
  client: 8 * 1024,
  'with ./fetch': 14.5 * 1024,
  worker: 60 * 1024, // half of it the guards' tables
  'skimp-compressor.js': 20 * 1024, // fetched when a text is first compressed
  'skimp-transfer.js': 3 * 1024, // fetched at the first export or import
};

const toPath = (/** @type {string} */ path) => join(root, path);

/** @param {Uint8Array} bytes @param {number} quality */
function brotli(bytes, quality = constants.BROTLI_MAX_QUALITY) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
    .length;
}

/** What an app gets that imports `names`, minified. @param {string} code */
async function bundle(code) {
  const { build } = await import('vite');
  const entry = 'virtual:entry';
  const output = await build({
    configFile: false,
    root,
    logLevel: 'silent',
    publicDir: false,
    plugins: [
      {
        name: 'size-entry',
        resolveId: (id) => (id === entry ? `\0${entry}` : undefined),
        load: (id) => (id === `\0${entry}` ? code : undefined),
        // The worker is a file of its own; Vite would bundle it in.
        transform: (text) =>
          text.replaceAll(/new URL\([^)]*worker\/main\.js[^)]*\)/g, "'worker.js'"),
      },
    ],
    build: {
      target: 'es2022',
      write: false,
      modulePreload: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: 'strict' },
    },
  });
  return Buffer.from(
    chunksOf(output)
      .map(({ code: text }) => text)
      .join(''),
  );
}

/** @param {Awaited<ReturnType<typeof import('vite').build>>} output */
function chunksOf(output) {
  const [first] = Array.isArray(output) ? output : [output];
  if (first === undefined || !('output' in first)) throw new Error('nothing was built');
  return first.output.flatMap((file) => (file.type === 'chunk' ? [file] : []));
}

async function measureCode() {
  const client = await bundle(`export * from '${toPath('dist/index.js')}';`);
  const withFetch = await bundle(
    `export * from '${toPath('dist/index.js')}'; export * from '${toPath('dist/adapters/fetch.js')}';`,
  );
  const built = chunksOf(await buildStandaloneWorker({ write: false }));
  const entry = built.find(({ isEntry }) => isEntry);
  const first = built.filter((chunk) => chunk === entry || entry?.imports.includes(chunk.fileName));
  const later = built.filter((chunk) => !first.includes(chunk));
  return /** @type {[string, Uint8Array][]} */ ([
    ['client', client],
    ['with ./fetch', withFetch],
    ['worker', Buffer.from(first.map(({ code }) => code).join(''))],
    ...later.map(({ fileName, code }) => [fileName, Buffer.from(code)]),
  ]);
}

/** Large, and rarely changed: the lower quality keeps this to seconds. */
function measureAssets() {
  const runtime = dirname(createRequire(import.meta.url).resolve('onnxruntime-web/wasm'));
  const wasm = ['', '.jspi', '.asyncify'].map((build) => {
    const name = `ort-wasm-simd-threaded${build}.wasm`;
    return { name, path: join(runtime, name) };
  });
  const models = existsSync(toPath('public/models')) ? readdirSync(toPath('public/models')) : [];
  const weights = models.flatMap((model) => {
    const folder = toPath(`public/models/${model}`);
    const files = [
      'tokenizer.json',
      ...readdirSync(join(folder, 'onnx')).map((it) => `onnx/${it}`),
    ].filter((file) => existsSync(join(folder, file)));
    return files.map((file) => ({ name: `${model}/${file}`, path: join(folder, file) }));
  });
  return [...wasm, ...weights].map(({ name, path }) => ({
    name,
    bytes: statSync(path).size,
    path,
  }));
}

await setup({ needsChromium: false });
const kib = (/** @type {number} */ bytes) => `${(bytes / 1024).toFixed(1)} KiB`.padStart(12);
const withAssets = process.argv.includes('--assets');
console.log(`${'minified'.padStart(12)} ${'brotli'.padStart(12)}`);
for (const [name, bytes] of await measureCode()) {
  const size = brotli(bytes);
  const budget = /** @type {Record<string, number>} */ (budgets)[name];
  const isOver = budget !== undefined && size > budget;
  const limit = budget === undefined ? '' : `, of ${budget / 1024} KiB at most`;
  console.log(`${kib(bytes.length)} ${kib(size)}  ${name}${limit}${isOver ? ': TOO LARGE' : ''}`);
  if (isOver) process.exitCode = 1;
}
for (const { name, bytes, path } of measureAssets()) {
  const size = withAssets ? kib(brotli(readFileSync(path), 5)) : ''.padStart(12);
  console.log(`${kib(bytes)} ${size}  ${name}`);
}
