import { expect, test, vi } from 'vitest';
import type { CompressorStatus } from '../shared/status.js';
import type { Compressor, CompressorOptions } from './compressor.js';
import { createLazyCompressor } from './lazy-compressor.js';
import { createQueue } from './queue.js';

const code = vi.hoisted(() => ({ create: (_options: unknown): unknown => undefined }));
vi.mock('./compressor.js', () => ({
  createCompressor: (options: unknown) => code.create(options),
}));

const job = { id: 1, request: { text: 'a b c', keepRatio: 0.5 } };

function createWorld(compressor: Partial<Compressor> = {}) {
  const failures: string[] = [];
  let created = 0;
  const options: CompressorOptions = {
    compressorUrl: 'https://app.example/compressor/',
    backend: 'auto',
    gpu: undefined,
    runtimeUrl: undefined,
    queue: createQueue(),
    letLookupsPass: async () => {},
    onStatus: () => {},
    onFailure: ({ code: failed }) => failures.push(failed),
    onGpuLost: () => {},
  };
  code.create = (given) => {
    created += 1;
    const { onStatus } = given as CompressorOptions; // as this test's mock is called
    onStatus({ state: 'available', reason: 'fake' } satisfies CompressorStatus);
    return compressor;
  };
  return { lazy: createLazyCompressor(options), failures, countCreated: () => created };
}

test('nothing is loaded, and there is no status, before it is asked for', async () => {
  const { lazy, countCreated } = createWorld({ load: async () => {} });
  expect(lazy.status()).toBeUndefined();
  await lazy.load();
  await lazy.load();
  expect(countCreated()).toBe(1);
  expect(lazy.status()).toMatchObject({ state: 'available' });
});

test('a job is aborted by its id, and others go on', async () => {
  const { lazy } = createWorld({
    compress: (_request, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as unknown));
      }),
  });
  const [first, second] = [lazy.compress(job), lazy.compress({ ...job, id: 2 })];
  await vi.waitFor(() => expect(lazy.status()).toBeDefined());
  lazy.abort(1);
  lazy.abort(7);
  await expect(first).rejects.toMatchObject({ code: 'internal' });
  lazy.abort(2);
  await expect(second).rejects.toMatchObject({ code: 'internal' });
});

test('where the code cannot be loaded the text comes back, and the next call tries again', async () => {
  const { lazy, failures } = createWorld();
  code.create = () => {
    throw new Error('the chunk is not there');
  };
  expect(await lazy.compress(job)).toMatchObject({ text: 'a b c', skipped: 'unavailable' });
  expect(failures).toEqual(['model-load-failed']);
  expect(lazy.status()).toMatchObject({ state: 'unavailable', code: 'model-load-failed' });
  const result = { text: 'a', kept: [], originalTokens: 3, keptTokens: 1, milliseconds: 0 };
  code.create = () => ({ compress: async () => result });
  expect(await lazy.compress(job)).toEqual(result);
});
