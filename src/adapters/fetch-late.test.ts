import { afterEach, expect, test, vi } from 'vitest';
import { createFakeOptimizer } from '../client/fake-optimizer.js';
import { createSkimpFetch } from './fetch.js';

const code = vi.hoisted(() => ({ answer: async (): Promise<Response> => Response.json({}) }));
vi.mock('./fetch-call.js', () => ({
  createCallHandler: () => {
    return () => code.answer();
  },
}));
const loading = vi.hoisted(() => ({ fails: false, delayMs: 0 }));
vi.mock('./load-once.js', () => ({
  createLoader: (load: () => Promise<unknown>) => async () => {
    await new Promise((resolve) => setTimeout(resolve, loading.delayMs));
    if (loading.fails) throw new Error('the chunk is not there');
    return load();
  },
}));

const url = 'https://api.example/v1/chat/completions';
const init = { method: 'POST', body: '{}' };

afterEach(() => {
  Object.assign(loading, { fails: false, delayMs: 0 });
});

function createWorld() {
  const optimizer = createFakeOptimizer();
  const sent: unknown[] = [];
  const skimpFetch = createSkimpFetch(optimizer, async (...args) => {
    sent.push(args);
    return new Response('from the server');
  });
  const failures = () => optimizer.trace.flatMap((event) => ('code' in event ? [event.code] : []));
  return { skimpFetch, sent, failures };
}

test('a call goes out as it is where the code that answers it cannot be fetched', async () => {
  loading.fails = true;
  const { skimpFetch, sent, failures } = createWorld();
  expect(await (await skimpFetch(url, init)).text()).toBe('from the server');
  expect(sent).toEqual([[url, init]]);
  expect(failures()).toEqual(['internal']);
  loading.fails = false;
  expect(await (await skimpFetch(url, init)).json()).toEqual({});
});

test('a call waits for the code no longer than an app can bear', async () => {
  loading.delayMs = 5_000;
  const { skimpFetch, sent, failures } = createWorld();
  expect(await (await skimpFetch(url, init)).text()).toBe('from the server');
  expect(sent).toHaveLength(1);
  expect(failures()).toEqual(['deadline-exceeded']);
});

test.for([
  ['a mark', { method: 'POST', body: '{"messages":[{"compress":false}]}' }],
  ['a header', { ...init, headers: { 'x-skimp-compress': 'off' } }],
] as const)('a call with %s for skimp waits: no server is to see it', async ([, marked]) => {
  loading.delayMs = 500;
  const { skimpFetch, sent } = createWorld();
  expect(await (await skimpFetch(url, marked)).json()).toEqual({});
  expect(sent).toEqual([]);
});

test('an abort ends the wait with its reason', async () => {
  loading.delayMs = 5_000;
  const { skimpFetch, sent, failures } = createWorld();
  const controller = new AbortController();
  const answer = skimpFetch(url, { ...init, signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(answer).rejects.toThrow('enough');
  expect([sent, failures()]).toEqual([[], []]);
});
