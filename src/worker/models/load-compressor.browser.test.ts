import { beforeAll, expect, test, vi } from 'vitest';
import type { CompressorStatus } from '../../shared/status.js';
import { assertCompressorManifest } from './compressor-manifest.js';
import type { CompressorManifest } from './compressor-manifest.js';
import { loadCompressor } from './load-compressor.js';
import type { CompressorLoaderOptions, LoadedCompressor } from './load-compressor.js';
import { assertManifest } from './manifest.js';
import { createModelFiles } from './model-files.js';
import type { ModelFiles } from './model-files.js';

const urlOf = (model: string) => new URL(`/models/${model}/`, location.href).href;
const gpu: unknown = 'gpu' in navigator ? navigator.gpu : undefined;

function toOptions(change: Partial<CompressorLoaderOptions> = {}): CompressorLoaderOptions {
  return {
    files: createModelFiles(urlOf('skimp-compressor'), assertCompressorManifest),
    backend: 'wasm',
    gpu,
    runtimeUrl: undefined,
    onState: () => {},
    runInTurn: (task) => task(),
    ...change,
  };
}

/** `[CLS] question [SEP] text [SEP]`. */
function read({ classifier, tokenizer }: LoadedCompressor): Promise<Float32Array> {
  const question = 'When does the ferry leave?';
  const text = 'The ferry to the island leaves the north pier at 08:12, but not on Sundays.';
  return classifier.classify(tokenizer.encodePair(question, text));
}

/** Files of which those with `ending` are no models. */
function spoil(ending: RegExp): ModelFiles<CompressorManifest> {
  const { files } = toOptions();
  return {
    ...files,
    async read(...request) {
      const bytes = new Map(await files.read(...request));
      for (const path of bytes.keys()) if (ending.test(path)) bytes.set(path, new Uint8Array(8));
      return bytes;
    },
  };
}

let onWasm: LoadedCompressor;
const states: CompressorStatus[] = [];
beforeAll(async () => {
  onWasm = await loadCompressor(toOptions({ onState: (state) => states.push(state) }));
}, 60_000);

test('on WASM each token has a logit, the same each time', async () => {
  const logits = await read(onWasm);
  expect(onWasm).toMatchObject({ backend: 'wasm', dtype: 'q8', model: 'skimp-compressor' });
  expect(new Set(logits).size).toBeGreaterThan(10);
  expect(await read(onWasm)).toEqual(logits);
});

test('progress is told up to the last byte', () => {
  const { loadedBytes, totalBytes } = states.at(-1)?.progress ?? {};
  expect(loadedBytes).toBe(totalBytes);
  expect(totalBytes).toBeGreaterThan(20_000_000);
});

test('what the cache has downloaded is not downloaded again', async () => {
  const files = createModelFiles(urlOf('skimp-same-response'), assertManifest);
  const manifest = await files.readManifest();
  const shared = ['onnx/model_quantized.onnx', 'tokenizer.json', 'tokenizer_config.json'];
  await files.read(manifest, shared, () => {});
  const own = createModelFiles(urlOf('skimp-compressor'), assertCompressorManifest);
  const ofCompressor = await own.readManifest();
  const paths = shared.map((path) => `shared:${path}`);
  expect(await own.areCached(ofCompressor, paths)).toBe(true);
  const fetching = vi.spyOn(globalThis, 'fetch');
  const bytes = await own.read(ofCompressor, paths, () => {});
  expect(fetching).not.toHaveBeenCalled();
  expect([...bytes.keys()]).toEqual(paths);
  fetching.mockRestore();
});

test('a file that is not what the manifest says is refused', async () => {
  const options = toOptions();
  const files: ModelFiles<CompressorManifest> = {
    ...options.files,
    async readManifest() {
      const manifest = await options.files.readManifest();
      const [path] = Object.keys(manifest.files);
      const wrong = { ...manifest.files[path ?? '']!, sha256: '0'.repeat(64) };
      return { ...manifest, files: { ...manifest.files, [path ?? '']: wrong } };
    },
  };
  await expect(loadCompressor({ ...options, files })).rejects.toMatchObject({
    code: 'model-load-failed',
    message: expect.stringContaining('not the file that the manifest names'),
  });
}, 60_000);

test('a graph that does not run is a failure', async () => {
  const files = spoil(/compressor_quantized\.onnx$/);
  await expect(loadCompressor(toOptions({ files }))).rejects.toMatchObject({
    code: 'model-load-failed',
  });
}, 60_000);

test('WebGPU and WASM agree', async (context) => {
  const onGpu = await loadCompressor(toOptions({ backend: 'webgpu' }));
  // Without an adapter there is nothing to test; the reason is printed, and CI counts it.
  if (onGpu.backend !== 'webgpu') context.skip(onGpu.reason);
  const [gpuLogits, wasmLogits] = [await read(onGpu), await read(onWasm)];
  const correlation = correlate(gpuLogits, wasmLogits);
  console.info(`${onGpu.dtype} on WebGPU and int8 on WASM correlate ${correlation.toFixed(4)}`);
  expect(correlation).toBeGreaterThan(0.9);
}, 240_000);

test('where WebGPU fails, WASM takes over', async (context) => {
  const files = spoil(/compressor(_fp16)?\.onnx$/);
  const loaded = await loadCompressor(toOptions({ files, backend: 'webgpu' }));
  if (!loaded.reason.includes('WebGPU failed')) context.skip(loaded.reason);
  expect(loaded).toMatchObject({ backend: 'wasm', dtype: 'q8' });
  expect(await read(loaded)).toEqual(await read(onWasm));
}, 180_000);

function correlate(a: Float32Array, b: Float32Array): number {
  const center = (values: Float32Array) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - mean);
  };
  const [x, y] = [center(a), center(b)];
  const dot = (p: Float32Array, q: Float32Array) =>
    p.reduce((sum, value, at) => sum + value * q[at]!, 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}
