import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SkimpError } from '../shared/errors.js';
import type { CompressorStatus } from '../shared/status.js';
import { createProse } from './compress/test-prose.js';
import { createCompressor } from './compressor.js';
import type { LoadedCompressor } from './models/load-compressor.js';
import { createQueue } from './queue.js';

const loader = vi.hoisted(() => ({ load: async (): Promise<unknown> => undefined, calls: 0 }));
vi.mock('./models/load-compressor.js', () => ({
  loadCompressor: async () => {
    loader.calls += 1;
    return loader.load();
  },
}));

const missing = () => Promise.reject(new SkimpError('model-load-failed', 'HTTP 404'));
const broken = () => Promise.reject(new SkimpError('inference-failed', 'the GPU is gone'));
const text = createProse(900, 1);
const half = { text, keepRatio: 0.5 };

/** A compressor whose model gives each token its id as a logit, or does as `change` says. */
function createWorld(change: Partial<LoadedCompressor> = {}) {
  const encode = (word: string) => [1000 + word.length];
  const loaded: LoadedCompressor = {
    classifier: { classify: async ({ ids }) => Float32Array.from(ids) },
    tokenizer: {
      special: { cls: 101, sep: 102 },
      encodeBare: encode,
      encode: () => ({ ids: [], unknownCount: 0 }),
      encodePair: () => ({ ids: [], types: [], unknownCount: 0 }),
    },
    maxTokens: 320,
    selection: { word: 1, phrase: 0, sentence: 0 },
    model: 'fake',
    backend: 'webgpu',
    dtype: 'fp32',
    reason: 'fake',
    ...change,
  };
  loader.load = async () => loaded;
  const failures: string[] = [];
  const statuses: CompressorStatus[] = [];
  let [lostGpus, passes] = [0, 0];
  const compressor = createCompressor({
    compressorUrl: 'https://app.example/compressor/',
    backend: 'auto',
    gpu: undefined,
    runtimeUrl: undefined,
    queue: createQueue(),
    letLookupsPass: async () => void (passes += 1),
    onStatus: (status) => statuses.push(status),
    onFailure: ({ code }) => failures.push(code),
    onGpuLost: () => void (lostGpus += 1),
  });
  const compress = (request = half, signal = new AbortController().signal) =>
    compressor.compress(request, { signal, onProgress: () => {} });
  return { compressor, compress, failures, statuses, counts: () => ({ lostGpus, passes }) };
}

beforeEach(() => {
  loader.calls = 0;
});
afterEach(() => void vi.useRealTimers());

test('the model is loaded once, by the first text that needs it', async () => {
  const { compress, statuses } = createWorld();
  expect((await compress({ text: 'too short', keepRatio: 0.5 })).skipped).toBe('short');
  expect(loader.calls).toBe(0);
  const [first, second] = await Promise.all([compress(), compress()]);
  expect(second).toEqual({ ...first, milliseconds: expect.any(Number) });
  expect(first?.skipped).toBeUndefined();
  expect(loader.calls).toBe(1);
  expect(statuses).toEqual([
    { state: 'available', reason: 'fake', model: 'fake', backend: 'webgpu', dtype: 'fp32' },
  ]);
});

test('without a model each text comes back as it was, and it is not asked for each time', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { compress, compressor, failures, statuses } = createWorld();
  loader.load = missing;
  expect(await compress()).toMatchObject({ text, skipped: 'unavailable' });
  expect(await compress()).toMatchObject({ text, skipped: 'unavailable' });
  expect(loader.calls).toBe(1);
  expect(failures).toEqual(['model-load-failed', 'model-load-failed']);
  expect(statuses.at(-1)).toMatchObject({ state: 'unavailable', code: 'model-load-failed' });
  await compressor.load();
  expect(loader.calls).toBe(2);
  vi.advanceTimersByTime(31_000);
  await compress();
  expect(loader.calls).toBe(3);
});

test('a run that fails gives the text back, and two in a row a GPU', async () => {
  const { compress, failures, counts } = createWorld({ classifier: { classify: broken } });
  expect(await compress()).toMatchObject({ text, skipped: 'unavailable' });
  expect(counts().lostGpus).toBe(0);
  await compress();
  expect(counts().lostGpus).toBe(1);
  expect(failures).toEqual(['inference-failed', 'inference-failed']);
});

test('on WASM a failure loses no GPU', async () => {
  const { compress, counts } = createWorld({ backend: 'wasm', classifier: { classify: broken } });
  for (let run = 0; run < 3; run += 1) await compress();
  expect(counts().lostGpus).toBe(0);
});

test('an aborted text rejects with the reason, and is no failure', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const { compress, failures } = createWorld({
    classifier: {
      classify: async ({ ids }) => {
        controller.abort(reason);
        return Float32Array.from(ids);
      },
    },
  });
  await expect(compress(half, controller.signal)).rejects.toBe(reason);
  expect(failures).toEqual([]);
});

test('what users wait for passes between windows that take long', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { compress, counts } = createWorld({
    classifier: {
      classify: async ({ ids }) => {
        vi.advanceTimersByTime(100);
        return Float32Array.from(ids);
      },
    },
  });
  await compress();
  expect(counts().passes).toBeGreaterThanOrEqual(4);
});
