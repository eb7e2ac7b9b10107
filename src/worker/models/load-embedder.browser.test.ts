import { beforeAll, describe, expect, test } from 'vitest';
import type { Embedder } from './embedder.js';
import { loadEmbedder, planLoading } from './load-embedder.js';
import type { LoadedEmbedder, LoadState } from './load-embedder.js';
import { createModelFiles } from './model-files.js';

/** Written by training/: texts, their vectors by PyTorch, and by the int8 file in Python. */
type Golden = {
  readonly texts: readonly string[];
  readonly pytorch: readonly (readonly number[])[];
  readonly q8: readonly (readonly number[])[];
};

const modelUrl = new URL('/models/all-MiniLM-L6-v2/', location.href).href;
const gpu: unknown = 'gpu' in navigator ? navigator.gpu : undefined;
let golden: Golden;
beforeAll(async () => {
  golden = (await (await fetch(`${modelUrl}golden.json`)).json()) as Golden; // our own file
});

async function load(
  backend: 'wasm' | 'webgpu',
  onState: (state: LoadState) => void = () => {},
): Promise<LoadedEmbedder> {
  const files = createModelFiles(modelUrl);
  const options = { files, backend, gpu, runtimeUrl: undefined, onState };
  return loadEmbedder(await planLoading(options), options);
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

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('on WASM', () => {
  let loaded: LoadedEmbedder;
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
  }, 180_000);
});
