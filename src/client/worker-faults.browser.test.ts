import { expect, test } from 'vitest';
import type { TraceEvent } from '../shared/trace.js';
import type { Optimizer } from './optimizer.js';
import { answer, open, question } from './test-optimizer.js';

const waitForEvent = (optimizer: Optimizer, type: TraceEvent['type']) =>
  new Promise<TraceEvent>((resolve) => {
    const stop = optimizer.onEvent((event) => {
      if (event.type !== type) return;
      stop();
      resolve(event);
    });
  });

const spawn = () => new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module' });

test('a worker killed in mid-request is replaced, and its store is still there', async () => {
  const workers: Worker[] = [];
  const { optimizer, events, fallbacks } = open({
    worker: () => {
      const worker = spawn();
      workers.push(worker);
      return worker;
    },
  });
  await optimizer.store(question, answer);
  const pending = optimizer.lookup(question);
  workers[0]?.terminate();
  expect(await pending).toMatchObject({ kind: 'miss', reason: 'fallback' });
  expect(fallbacks()).toEqual(['worker-crashed']);
  await expect.poll(async () => (await optimizer.lookup(question)).kind).toBe('hit');
  expect(events.filter(({ type }) => type === 'worker-restart')).toHaveLength(1);
  expect(workers).toHaveLength(2);
});

test('a hung worker is replaced after its time', async () => {
  let isFirst = true;
  const hanging = new URL('./test-workers/hanging.ts', import.meta.url);
  const { optimizer, events } = open({
    deadlineMs: 50,
    hangMs: 300,
    worker: () => {
      if (!isFirst) return spawn();
      isFirst = false;
      return new Worker(hanging, { type: 'module' });
    },
  });
  const restarted = waitForEvent(optimizer, 'worker-restart');
  await optimizer.status(); // it runs
  expect(await optimizer.lookup(question)).toMatchObject({
    reason: 'fallback',
    detail: 'deadline-exceeded',
  });
  expect(await restarted).toMatchObject({ attempt: 1, reason: 'no answer within 300 ms' });
  expect(events.map(({ type }) => type)).toContain('fallback');
});

test('a worker that cannot start leaves the app alone, and is given up after three tries', async () => {
  const broken = new URL('./test-workers/broken.ts', import.meta.url);
  const { optimizer, events } = open({ worker: () => new Worker(broken, { type: 'module' }) });
  await waitForEvent(optimizer, 'worker-restart');
  expect(await optimizer.lookup(question)).toMatchObject({ kind: 'miss', reason: 'fallback' });
  expect(await optimizer.store(question, answer)).toEqual({
    stored: false,
    reason: 'worker-crashed',
  });
  expect((await optimizer.status()).code).toBe('worker-crashed');
  expect(await optimizer.compare('a tent', 'two tents')).toEqual({
    guards: [],
    risk: 1,
    served: false,
    detail: 'worker-crashed',
  });
  expect(await optimizer.reportGoodHit('k')).toBe(false);
  await expect
    .poll(() => events.filter(({ type }) => type === 'worker-restart').length, { timeout: 9_000 })
    .toBe(3);
}, 15_000);

test('a factory that throws leaves the app alone', async () => {
  const { optimizer } = open({
    worker: () => {
      throw new Error('blocked by the content security policy');
    },
  });
  expect(await optimizer.lookup(question)).toMatchObject({ kind: 'miss', reason: 'fallback' });
  expect((await optimizer.status()).reason).toContain('content security policy');
});

test('without IndexedDB the cache is kept in memory, and an event says why', async () => {
  const { optimizer, fallbacks } = open({
    worker: () =>
      new Worker(new URL('./test-workers/no-storage.ts', import.meta.url), { type: 'module' }),
  });
  await optimizer.store(question, answer);
  expect((await optimizer.lookup(question)).kind).toBe('hit');
  expect((await optimizer.status()).storage).toBe('memory');
  expect(fallbacks()).toEqual(['storage-blocked']);
});

test('a model that is not there leaves the exact tier', async () => {
  const { optimizer, fallbacks } = open({ modelUrl: '/models/none/', autoDownload: true });
  await optimizer.store(question, answer);
  expect(await optimizer.loadModel()).toMatchObject({
    semantic: 'unavailable',
    code: 'model-load-failed',
  });
  expect((await optimizer.lookup(question)).kind).toBe('hit');
  expect(fallbacks()).toContain('model-load-failed');
});

test('a call that is aborted rejects with its reason, untouched', async () => {
  const { optimizer, fallbacks } = open();
  const reason = new Error('the user left');
  const controller = new AbortController();
  const pending = optimizer.lookup(question, { signal: controller.signal });
  controller.abort(reason);
  await expect(pending).rejects.toBe(reason);
  await expect(optimizer.lookup(question, { signal: controller.signal })).rejects.toBe(reason);
  expect(fallbacks()).toEqual([]);
});

test('after close every call says so', async () => {
  const { optimizer } = open();
  optimizer.close();
  await expect(optimizer.lookup(question)).rejects.toMatchObject({ code: 'optimizer-closed' });
});
