import OpenAI from 'openai';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createOptimizer } from '../client/create-optimizer.js';
import type { Optimizer } from '../client/optimizer.js';
import type { OptimizerOptions } from '../client/options.js';
import { lenient } from '../client/test-optimizer.js';
import type { TraceEvent } from '../shared/trace.js';
import { createSkimpFetch, type SkimpFetchOptions } from './fetch.js';
import { ask, readDeltas } from './test-world.js';

// The real SDK, the real worker, the real model and a real server: nothing stands in for anything.

const opened: Optimizer[] = [];
afterEach(() => {
  for (const optimizer of opened.splice(0)) optimizer.close();
});

function open(options: Partial<OptimizerOptions> = {}, fetchOptions: SkimpFetchOptions = {}) {
  const baseURL = `${location.origin}/test-upstream/${crypto.randomUUID()}/v1`;
  const events: TraceEvent[] = [];
  const optimizer = createOptimizer({
    scope: 'anna',
    databaseName: `test-${crypto.randomUUID()}`,
    autoDownload: false,
    deadlineMs: 20_000,
    onEvent: (event) => events.push(event),
    ...options,
  });
  opened.push(optimizer);
  const client = new OpenAI({
    apiKey: 'sk-secret',
    baseURL,
    fetch: createSkimpFetch(optimizer, undefined, fetchOptions),
    dangerouslyAllowBrowser: true,
    maxRetries: 0,
  });
  const countCalls = async () => {
    const log: unknown[] = await (await fetch(new URL('log', baseURL))).json();
    return log.length;
  };
  const stored = (count: number) =>
    expect.poll(() => events.filter(({ type }) => type === 'cache-store').length).toBe(count);
  const fallbacks = () =>
    events.flatMap((event) => (event.type === 'fallback' ? [event.code] : []));
  return { optimizer, client, events, countCalls, stored, fallbacks };
}

const textOf = ({ choices }: OpenAI.ChatCompletion) => choices[0]?.message.content;

describe('an app with the openai SDK', () => {
  test('asks two wordings and pays for one, plain and streamed', async () => {
    const { optimizer, client, countCalls, stored } = open(lenient);
    await optimizer.loadModel();
    const first = await client.chat.completions.create(ask('What is the capital of France?'));
    await stored(1);
    const rephrased = ask('what is the capital of france');
    expect(textOf(await client.chat.completions.create(rephrased))).toBe(textOf(first));
    const stream = await client.chat.completions.create({ ...rephrased, stream: true });
    expect((await readDeltas(stream)).join('')).toBe(textOf(first));
    expect(await countCalls()).toBe(1);
    expect(await optimizer.stats()).toMatchObject({
      semanticHits: 2,
      savedTokens: { prompt: 22, completion: 14 },
    });
  });

  test('is told what it saved, in tokens and in money, of a snapshot that the answer names', async () => {
    const { optimizer, client, stored } = open();
    await client.chat.completions.create(ask('What is the capital of France?', 'gpt-4o'));
    await stored(1);
    await client.chat.completions.create(ask('What is the capital of France?', 'gpt-4o'));
    const { total } = await optimizer.stats();
    expect(total).toMatchObject({ callsAvoided: 1, promptTokens: 11, completionTokens: 7 });
    expect(total.usd).toBeCloseTo((11 * 2.5 + 7 * 10) / 1e6, 12);
  });

  test('gets another answer for another question, however alike', async () => {
    const { optimizer, client, countCalls, stored } = open(lenient);
    await optimizer.loadModel();
    await client.chat.completions.create(ask('What is the capital of France?'));
    await stored(1);
    await client.chat.completions.create(ask('What is the capital of Spain?'));
    expect(await countCalls()).toBe(2);
  });
});

describe('an app with a long context', () => {
  // The server tells what it received.
  const context = Array.from({ length: 60 }, (_, at) => `In ${1900 + at} the town built a bridge.`);
  const prompt = `${context.join(' ')}\n\nWhat was built in 1931?`;

  test('sends half of it, and its question as it is, and again the same', async () => {
    const compress = { minTokens: 64, deadlineMs: 20_000 };
    const { optimizer, client, events, fallbacks } = open({}, { compress });
    const first = textOf(await client.chat.completions.create(ask(prompt, 'gpt-4o')));
    const event = events.find(({ type }) => type === 'compress-request');
    expect(fallbacks()).toEqual([]);
    expect(event).toMatchObject({ messages: 1, model: 'gpt-4o' });
    const { session } = await optimizer.stats();
    expect(session).toMatchObject({ callsAvoided: 0, shortenedCalls: 1, unpricedCalls: 0 });
    expect(session.promptTokens).toBeGreaterThan(200);
    expect(session.usd).toBeCloseTo((session.promptTokens * 2.5) / 1e6, 12);
    expect(session.netMs).toBeLessThan(0);
    expect(first?.length).toBeLessThan(0.7 * prompt.length);
    expect(first).toContain('\\n\\nWhat was built in 1931?');
    const headers = { 'cache-control': 'no-cache' };
    const again = await client.chat.completions.create(ask(prompt, 'gpt-4o'), { headers });
    expect(textOf(again)).toBe(first);
  });

  test('sends all of it when there is no compressor, and is told', async () => {
    const compress = { minTokens: 64, deadlineMs: 20_000 };
    const { client, fallbacks } = open({ compressorUrl: '/models/none/' }, { compress });
    const text = textOf(await client.chat.completions.create(ask(prompt)));
    expect(text).toContain(context.join(' '));
    expect(fallbacks()).toEqual(['model-load-failed']);
  });
});

describe('the request succeeds, and an event names the cause, when', () => {
  const spawn = () => new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module' });

  test('the worker is killed in mid-request', async () => {
    const workers: Worker[] = [];
    const worker = () => {
      const spawned = spawn();
      workers.push(spawned);
      return spawned;
    };
    const { optimizer, client, events, fallbacks } = open({ worker });
    await optimizer.status();
    const { lookup } = optimizer;
    vi.spyOn(optimizer, 'lookup').mockImplementationOnce((...args) => {
      const pending = lookup(...args);
      workers[0]?.terminate();
      return pending;
    });
    expect(textOf(await client.chat.completions.create(ask('Is anyone there?')))).toBeTruthy();
    expect(fallbacks()[0]).toBe('worker-crashed');
    expect(events.map(({ type }) => type)).toContain('worker-restart');
  });

  test('the worker is too late', async () => {
    const { client, fallbacks } = open({ deadlineMs: 1 });
    expect(textOf(await client.chat.completions.create(ask('Are you late?')))).toBeTruthy();
    expect(fallbacks()[0]).toBe('deadline-exceeded');
  });

  test('IndexedDB is refused', async () => {
    const worker = () =>
      new Worker(new URL('../client/test-workers/no-storage.ts', import.meta.url), {
        type: 'module',
      });
    const { client, countCalls, stored, fallbacks } = open({ worker });
    await client.chat.completions.create(ask('Where do you keep this?'));
    await stored(1);
    await client.chat.completions.create(ask('Where do you keep this?'));
    expect(await countCalls()).toBe(1);
    expect(fallbacks()).toEqual(['storage-blocked']);
  });

  test('there is no model', async () => {
    const { optimizer, client, fallbacks } = open({ modelUrl: '/models/none/' });
    await optimizer.loadModel();
    expect(textOf(await client.chat.completions.create(ask('Who are you?')))).toBeTruthy();
    expect(new Set(fallbacks())).toEqual(new Set(['model-load-failed']));
  });

  test('the optimizer is closed', async () => {
    const { optimizer, client, fallbacks } = open();
    optimizer.close();
    expect(textOf(await client.chat.completions.create(ask('Still open?')))).toBeTruthy();
    expect(fallbacks()).toContain('optimizer-closed');
  });
});
