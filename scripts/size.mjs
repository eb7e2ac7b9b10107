#!/usr/bin/env node
/** Sizes of what an app's users download, brotli-compressed as a server would. Needs dist/. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { buildStandaloneWorker } from './build.mjs';
import { root, setup } from './setup.mjs';

/** Bytes, brotli-compressed; past one, the check fails. */
const budgets = {
  client: 8 * 1024,
  worker: 60 * 1024, // half of it the guards' tables
  'skimp-compressor.js': 20 * 1024, // fetched when a text is first compressed
  'skimp-transfer.js': 3 * 1024, // fetched at the first export or import
};

/** What an adapter adds to the client in the page's first download, gzip-compressed. */
const ADAPTER_BUDGET = 3 * 1024;
const adapters = ['fetch', 'ai-sdk', 'anthropic', 'langchain'];

const toPath = (/** @type {string} */ path) => join(root, path);

/** @param {Uint8Array} bytes @param {number} quality */
function brotli(bytes, quality = constants.BROTLI_MAX_QUALITY) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
    .length;
}

/**
 * What an app gets that imports these entries, minified: in its first download, and later.
 *
 * @param {readonly string[]} files
 */
async function bundle(files) {
  const { build } = await import('vite');
  const entry = 'virtual:entry';
  const code = files.map((file) => `export * from '${toPath(file)}';`).join('\n');
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
      rolldownOptions: {
        input: entry,
        preserveEntrySignatures: 'strict',
        output: { chunkFileNames: '[name].js' },
        external: /^@langchain\//, // the app's own
      },
    },
  });
  return splitChunks(chunksOf(output));
}

/** @typedef {ReturnType<typeof chunksOf>} Chunks */

/** Parts what is downloaded with the entry from what is when it is needed. @param {Chunks} chunks */
function splitChunks(chunks) {
  const entry = chunks.find(({ isEntry }) => isEntry);
  const names = new Set(entry === undefined ? [] : [entry.fileName, ...entry.imports]);
  for (const name of names) {
    for (const found of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) {
      names.add(found); // a set hands out what is added while it is read
    }
  }
  const first = chunks.filter(({ fileName }) => names.has(fileName));
  return {
    first: Buffer.from(first.map(({ code }) => code).join('')),
    later: chunks.filter((chunk) => !first.includes(chunk)),
  };
}

/** @param {Awaited<ReturnType<typeof import('vite').build>>} output */
function chunksOf(output) {
  const [first] = Array.isArray(output) ? output : [output];
  if (first === undefined || !('output' in first)) throw new Error('nothing was built');
  return first.output.flatMap((file) => (file.type === 'chunk' ? [file] : []));
}

/** @returns what is downloaded first, by name, and what is later */
async function measureCode() {
  const client = await bundle(['dist/index.js']);
  const worker = splitChunks(chunksOf(await buildStandaloneWorker({ write: false })));
  const added = [];
  /** @type {Map<string, Uint8Array>} */
  const later = new Map();
  for (const name of adapters) {
    const both = await bundle(['dist/index.js', `dist/adapters/${name}.js`]);
    added.push({ name, bytes: gzipSync(both.first).length - gzipSync(client.first).length });
    for (const { fileName, code } of both.later) later.set(fileName, Buffer.from(code));
  }
  for (const { fileName, code } of worker.later) later.set(fileName, Buffer.from(code));
  return {
    first: /** @type {[string, Uint8Array][]} */ ([
      ['client', client.first],
      ['worker', worker.first],
    ]),
    added,
    later,
  };
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
const { first, added, later } = await measureCode();
console.log(`${'minified'.padStart(12)} ${'brotli'.padStart(12)}`);
for (const [name, bytes] of [...first, ...later]) {
  const size = brotli(bytes);
  const budget = /** @type {Record<string, number>} */ (budgets)[name];
  const isOver = budget !== undefined && size > budget;
  const limit = budget === undefined ? '' : `, of ${budget / 1024} KiB at most`;
  const when = later.has(name) ? ', when needed' : '';
  console.log(
    `${kib(bytes.length)} ${kib(size)}  ${name}${when}${limit}${isOver ? ': TOO LARGE' : ''}`,
  );
  if (isOver) process.exitCode = 1;
}
for (const { name, bytes } of added) {
  const isOver = bytes > ADAPTER_BUDGET;
  const limit = `of ${ADAPTER_BUDGET / 1024} KiB at most${isOver ? ': TOO LARGE' : ''}`;
  console.log(`${''.padStart(12)} ${kib(bytes)}  skimp/${name} beside the client, gzip, ${limit}`);
  if (isOver) process.exitCode = 1;
}
for (const { name, bytes, path } of measureAssets()) {
  const size = withAssets ? kib(brotli(readFileSync(path), 5)) : ''.padStart(12);
  console.log(`${kib(bytes)} ${size}  ${name}`);
}
