import { APIUserAbortError } from 'openai';
import { describe, expect, test, vi } from 'vitest';
import { createFakeOptimizer } from '../client/fake-optimizer.js';
import { createSkimpFetch } from './fetch.js';
import { createCompressingWorld, prompt, shortPrompt, user } from './test-compressing-world.js';
import { createTestCompressor } from './test-compressor.js';
import { ask, toInit } from './test-world.js';

describe('the request goes out as the app wrote it, and an event says why, when the compressor', () => {
  test('fails', async () => {
    const { client, bodies, fallbacks, types, reported } = createCompressingWorld({
      script: () => Promise.reject(new Error('a defect')),
    });
    await client.chat.completions.create(ask(prompt));
    await reported('cache-store');
    expect(await bodies()).toEqual([JSON.stringify(ask(prompt))]);
    expect(fallbacks()).toEqual(['internal']);
    expect(types()).toEqual(['cache-miss', 'fallback', 'cache-store']);
  });

  test('is too late, and is told to stop', async () => {
    let isStopped = false;
    const { client, bodies, fallbacks, contents } = createCompressingWorld({
      deadlineMs: 30,
      script: (text, { signal }) => {
        signal?.addEventListener('abort', () => (isStopped = true));
        if (!text.startsWith('Late')) return createTestCompressor().compress(text, {});
        return new Promise(() => {});
      },
    });
    const messages = [user(prompt)];
    await client.chat.completions.create({ model: 'gpt-test', messages });
    messages.push({ role: 'assistant', content: 'Words.' }, user(`Late ${prompt}`));
    await client.chat.completions.create({ model: 'gpt-test', messages });
    expect(await bodies()).toHaveLength(2);
    expect(await contents()).toEqual([shortPrompt, 'Words.', `Late ${prompt}`]);
    expect(fallbacks()).toEqual(['deadline-exceeded']);
    expect(isStopped).toBe(true);
  });

  test('is not there', async () => {
    const optimizer = createFakeOptimizer();
    const baseFetch = vi.fn<typeof fetch>(async () => new Response('{}'));
    const skimpFetch = createSkimpFetch(optimizer, baseFetch, {
      compress: { minTokens: 10, storage: null },
    });
    const init = toInit(ask(prompt));
    await skimpFetch('https://api.example/v1/chat/completions', init);
    expect(baseFetch.mock.calls[0]?.[1]).toBe(init);
  });
});

describe('an abort while the compressor works', () => {
  const createSlowWorld = () => {
    let start = (_signal: AbortSignal | undefined) => {};
    const started = new Promise<AbortSignal | undefined>((resolve) => {
      start = resolve;
    });
    const world = createCompressingWorld({
      script: (_text, { signal }) => {
        start(signal);
        return new Promise(() => {});
      },
    });
    return { ...world, started };
  };

  test('ends the call with its reason: nothing is sent, and the compressor stops', async () => {
    const { url, skimpFetch, log, started, fallbacks, skips } = createSlowWorld();
    const controller = new AbortController();
    const call = skimpFetch(url, toInit(ask(prompt), { signal: controller.signal }));
    const outcome = call.catch((error: unknown) => error);
    const signal = await started;
    controller.abort('enough');
    expect(await outcome).toBe('enough');
    expect(signal?.reason).toBe('enough');
    expect(await log()).toEqual([]);
    expect(fallbacks()).toEqual([]);
    expect(skips()).toEqual(['the call was aborted']);
  });

  test('reaches the app as any other, and leaves no flight open', async () => {
    const { client, optimizer, started } = createSlowWorld();
    const controller = new AbortController();
    const call = client.chat.completions.create(ask(prompt), { signal: controller.signal });
    const outcome = call.catch((error: unknown) => error);
    await started;
    controller.abort();
    expect(await outcome).toBeInstanceOf(APIUserAbortError);
    const [miss] = optimizer.trace;
    const key = miss?.type === 'cache-miss' ? miss.key : undefined;
    await expect.poll(() => optimizer.joinFlight(key ?? '').role).toBe('leader');
  });
});
