import { beforeAll, describe, expect, test } from 'vitest';
import type { Embedder } from './embedder.js';
import { loadModels, planLoading } from './load-models.js';
import type { LoadedModels, LoadState } from './load-models.js';
import { assertManifest } from './manifest.js';
import type { ModelManifest } from './manifest.js';
import { createModelFiles } from './model-files.js';
import type { ModelFiles } from './model-files.js';
import type { Verifier } from './verifier.js';

/** Written by training/: vectors and logits by PyTorch, and by the int8 files in Python. */
type Golden = {
  readonly texts: readonly string[];
  readonly pytorch: readonly (readonly number[])[];
  readonly q8: readonly (readonly number[])[];
  readonly verifier: readonly {
    readonly a: string;
    readonly b: string;
    readonly pytorch: number;
    readonly q8: number;
  }[];
};

const modelUrl = new URL('/models/skimp-same-response/', location.href).href;
const gpu: unknown = 'gpu' in navigator ? navigator.gpu : undefined;
let golden: Golden;
beforeAll(async () => {
  golden = (await (await fetch(`${modelUrl}golden.json`)).json()) as Golden; // our own file
});

async function load(
  backend: 'wasm' | 'webgpu',
  onState: (state: LoadState) => void = () => {},
): Promise<Required<LoadedModels>> {
  const files = createModelFiles(modelUrl, assertManifest);
  const options = { files, backend, gpu, runtimeUrl: undefined, onState };
  return loadModels(await planLoading(options), options);
}

type Parity = { readonly text: string; readonly toPytorch: number; readonly toPython: number };

/** Cosines with the golden vectors, for the texts that the model reads whole. */
async function compare(embedder: Embedder, limit = Infinity): Promise<readonly Parity[]> {
  const parities: Parity[] = [];
  for (const [row, text] of golden.texts.entries()) {
    if (parities.length >= limit) break;
    const embedding = await embedder.embed(text);
    if (embedding.kind !== 'vector') continue;
    parities.push({
      text,
      toPytorch: cosine(embedding.vector, golden.pytorch[row] ?? []),
      toPython: cosine(embedding.vector, golden.q8[row] ?? []),
    });
  }
  return parities;
}

function cosine(a: Float32Array, b: readonly number[]): number {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < x.length; i += 1) sum += x[i]! * y[i]!;
    return sum;
  };
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Differences of logits from the golden ones, in shares of `1 + |logit|`. */
async function compareLogits(verifier: Verifier, limit = Infinity) {
  const differences: { readonly toPytorch: number; readonly toPython: number }[] = [];
  for (const { a, b, pytorch, q8 } of golden.verifier.slice(0, limit)) {
    const read = await verifier.verify(b, a); // the golden ones are in the order that it reads
    if (read.kind !== 'logit') continue;
    const from = (expected: number) => Math.abs(read.logit - expected) / (1 + Math.abs(expected));
    differences.push({ toPytorch: from(pytorch), toPython: from(q8) });
  }
  return differences;
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('on WASM', () => {
  let loaded: Required<LoadedModels>;
  const states: LoadState[] = [];
  beforeAll(async () => {
    loaded = await load('wasm', (state) => states.push(state));
  }, 60_000);

  test('int8 vectors agree with PyTorch and with the same file in Python', async () => {
    const parities = await compare(loaded.embedder);
    const toPytorch = parities.map((parity) => parity.toPytorch);
    const toPython = parities.map((parity) => parity.toPython);
    console.info(
      `int8 on WASM, ${parities.length} texts: cosine to PyTorch mean ${mean(toPytorch).toFixed(4)},`,
      `min ${Math.min(...toPytorch).toFixed(4)}; to Python min ${Math.min(...toPython).toFixed(5)}`,
    );
    expect(parities.length).toBeGreaterThanOrEqual(30);
    expect(mean(toPytorch)).toBeGreaterThanOrEqual(0.995);
    expect(Math.min(...toPytorch)).toBeGreaterThanOrEqual(0.985);
    expect(Math.min(...toPython)).toBeGreaterThanOrEqual(0.999);
  }, 60_000);

  test('int8 logits agree with PyTorch and with the same file in Python', async () => {
    const differences = await compareLogits(loaded.verifier);
    const toPytorch = differences.map((difference) => difference.toPytorch);
    const toPython = differences.map((difference) => difference.toPython);
    console.info(
      `int8 on WASM, ${differences.length} pairs: logit off PyTorch by a mean of ${mean(toPytorch).toFixed(4)},`,
      `max ${Math.max(...toPytorch).toFixed(4)}; to Python max ${Math.max(...toPython).toFixed(5)}`,
    );
    expect(differences.length).toBeGreaterThanOrEqual(20);
    expect(mean(toPytorch)).toBeLessThanOrEqual(0.1);
    expect(Math.max(...toPython)).toBeLessThanOrEqual(0.05);
  }, 60_000);

  test('the two models share weights: the files of both are fetched once', () => {
    const { totalBytes = 0 } = states.at(-1)?.progress ?? {};
    expect(totalBytes).toBeLessThan(40_000_000);
  });

  test('progress is told up to the last byte', () => {
    const { loadedBytes, totalBytes } = states.at(-1)?.progress ?? {};
    expect(loadedBytes).toBe(totalBytes);
    expect(totalBytes).toBeGreaterThan(20_000_000);
  });

  test.each([200, 100_000])('a text of %d times two words has no vector', async (count) => {
    const embedding = await loaded.embedder.embed('very long '.repeat(count));
    expect(embedding).toEqual({ kind: 'too-long' });
  });

  test('a text with pieces that the vocabulary lacks has no vector', async () => {
    expect(await loaded.embedder.embed('What does 🤷🏽 mean?')).toEqual({ kind: 'unreadable' });
  });
});

describe('on WebGPU', () => {
  test('vectors from the int8 weights, computed in floats, agree with PyTorch', async (context) => {
    const loaded = await load('webgpu');
    // Without an adapter there is nothing to test; the reason is printed, and CI counts it.
    if (loaded.backend !== 'webgpu') context.skip(loaded.reason);
    const parities = await compare(loaded.embedder, 8);
    const toPytorch = parities.map((parity) => parity.toPytorch);
    console.info(
      `${loaded.dtype} on WebGPU, ${parities.length} texts: cosine to PyTorch`,
      `mean ${mean(toPytorch).toFixed(5)}, min ${Math.min(...toPytorch).toFixed(5)}`,
    );
    expect(Math.min(...toPytorch)).toBeGreaterThanOrEqual(0.99);
    expect(mean(toPytorch)).toBeGreaterThanOrEqual(0.997);
    const logits = (await compareLogits(loaded.verifier, 6)).map(({ toPytorch }) => toPytorch);
    console.info(
      `${loaded.dtype} on WebGPU: logit off PyTorch by at most ${Math.max(...logits).toFixed(5)}`,
    );
    expect(logits.length).toBeGreaterThan(0);
    expect(mean(logits)).toBeLessThanOrEqual(0.1);
  }, 240_000);

  test('where one of the two fails, both run on WASM', async (context) => {
    const files = createModelFiles(modelUrl, assertManifest);
    /** The verifier's graph for WebGPU is none; the embedder's is untouched. */
    const spoiled: ModelFiles<ModelManifest> = {
      ...files,
      async read(...request) {
        const [, paths] = request;
        const read = new Map(await files.read(...request));
        const graph = paths.find((path) => /verifier(_fp16)?\.onnx$/.test(path));
        if (graph !== undefined) read.set(graph, new Uint8Array(8));
        return read;
      },
    };
    const options = { files: spoiled, backend: 'webgpu', gpu, runtimeUrl: undefined } as const;
    const loading = { ...options, onState: () => {} };
    const plan = await planLoading(loading);
    if (plan.choice.variant === 'wasm') context.skip(plan.choice.reason);
    const loaded = await loadModels(plan, loading);
    expect(loaded).toMatchObject({
      backend: 'wasm',
      dtype: 'q8',
      reason: expect.stringContaining('WASM: WebGPU failed'),
    });
    expect((await loaded.embedder.embed('a tent')).kind).toBe('vector');
    expect((await loaded.verifier.verify('a tent', 'two tents')).kind).toBe('logit');
  }, 180_000);
});
