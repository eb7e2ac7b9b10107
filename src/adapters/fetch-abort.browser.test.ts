import { APIUserAbortError } from 'openai';
import { describe, expect, test, vi } from 'vitest';
import { createFakeOptimizer } from '../client/fake-optimizer.js';
import { createSkimpFetch } from './fetch.js';
import { ask, createWorld, readDeltas, toInit } from './test-world.js';

describe('abort', () => {
  test('an abort before the head of the answer reaches the server and the app', async () => {
    const { client, log, received, skips } = createWorld();
    const controller = new AbortController();
    const call = client.chat.completions.create(ask('x', 'hold-head'), {
      signal: controller.signal,
    });
    const outcome = call.catch((error: unknown) => error);
    await received(1);
    controller.abort();
    expect(await outcome).toBeInstanceOf(APIUserAbortError);
    await expect.poll(async () => (await log())[0]?.ended).toBe('disconnected');
    expect(skips()).toEqual(['the call was aborted']);
  });

  test.for([['init'], ['Request']] as const)(
    'a signal of the %s that has aborted',
    async ([form]) => {
      const { url, skimpFetch, log, types } = createWorld();
      const reason = new Error('the user left');
      const init = toInit(ask('x'), { signal: AbortSignal.abort(reason) });
      const call = form === 'init' ? skimpFetch(url, init) : skimpFetch(new Request(url, init));
      expect(await call.catch((error: unknown) => error)).toBe(reason);
      expect(await log()).toEqual([]);
      expect(types()).toEqual([]);
    },
  );

  test('an abort during the lookup ends the call with its reason', async () => {
    const { url } = createWorld();
    const controller = new AbortController();
    const lookup = vi.fn(async () => {
      controller.abort();
      throw controller.signal.reason;
    });
    const optimizer = { ...createFakeOptimizer(), lookup };
    const skimpFetch = createSkimpFetch(optimizer);
    const call = skimpFetch(url, toInit(ask('x'), { signal: controller.signal }));
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect(optimizer.trace).toEqual([]);
  });

  test('an abort at the end of the lookup leaves no flight open', async () => {
    const { url, log } = createWorld();
    const controller = new AbortController();
    const fake = createFakeOptimizer();
    const lookup: typeof fake.lookup = async (request) => {
      const result = await fake.lookup(request);
      controller.abort();
      return result;
    };
    const skimpFetch = createSkimpFetch({ ...fake, lookup });
    const call = skimpFetch(url, toInit(ask('x'), { signal: controller.signal }));
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    const [miss] = fake.trace;
    const key = miss?.type === 'cache-miss' ? miss.key : undefined;
    await expect.poll(() => fake.joinFlight(key ?? '').role).toBe('leader');
    expect(await log()).toEqual([]);
  });

  test('an abort in mid-stream ends the stream as without skimp, and nothing is kept', async () => {
    const { url, skimpFetch, log, reported, skips } = createWorld();
    const controller = new AbortController();
    const init = toInit(
      { ...ask('x', 'hold-middle'), stream: true },
      { signal: controller.signal },
    );
    const response = await skimpFetch(url, init);
    const reader = response.body?.getReader();
    await reader?.read();
    const reason = new Error('the user left');
    controller.abort(reason);

    expect(await reader?.read().catch((error: unknown) => error)).toBe(reason);
    await expect.poll(async () => (await log())[0]?.ended).toBe('disconnected');
    await reported('cache-skip');
    expect(skips()).toEqual(['the answer was aborted or broke off']);
  });

  test('an abort in the middle of a replay fails the body with its reason', async () => {
    const { url, skimpFetch, reported } = createWorld();
    const body = { ...ask('x'), stream: true };
    await (await skimpFetch(url, toInit(body))).text();
    await reported('cache-store');
    const controller = new AbortController();
    const reader = (
      await skimpFetch(url, toInit(body, { signal: controller.signal }))
    ).body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    controller.abort();
    await expect(reader?.read()).rejects.toBe(controller.signal.reason);
  });
});

describe('a consumer that stops reading', () => {
  test('a break disconnects from the server, and nothing is kept', async () => {
    const { client, log, reported, types } = createWorld();
    const settings = { ...ask('x', 'hold-middle'), stream: true } as const;
    for await (const _chunk of await client.chat.completions.create(settings)) break;
    await expect.poll(async () => (await log())[0]?.ended).toBe('disconnected');
    await reported('cache-skip');
    expect(types()).toEqual(['cache-miss', 'cache-skip']);
  });

  test('a cancel of the body reaches the server without any signal', async () => {
    const { url, skimpFetch, log } = createWorld();
    const response = await skimpFetch(url, toInit({ ...ask('x', 'hold-middle'), stream: true }));
    await response.body?.cancel();
    await expect.poll(async () => (await log())[0]?.ended).toBe('disconnected');
  });

  test('a break out of a replay leaves nothing behind', async () => {
    const { client, reported, types } = createWorld();
    const settings = { ...ask('x'), stream: true } as const;
    await readDeltas(await client.chat.completions.create(settings));
    await reported('cache-store');
    for await (const _chunk of await client.chat.completions.create(settings)) break;
    expect(types()).toEqual(['cache-miss', 'cache-store', 'cache-hit']);
  });
});

describe('identical requests at the same time', () => {
  test('go to the server once', async () => {
    const { client, log, received, release, types } = createWorld();
    const calls = Array.from({ length: 5 }, () =>
      client.chat.completions.create(ask('same', 'hold-head')),
    );
    await received(1);
    await release();
    const answers = await Promise.all(calls);

    expect(new Set(answers.map(({ choices }) => choices[0]?.message.content)).size).toBe(1);
    expect(await log()).toHaveLength(1);
    expect(types().filter((type) => type === 'cache-hit')).toHaveLength(4);
  });

  test('go on without the leader when it is aborted', async () => {
    const { client, log, received, release } = createWorld();
    const controller = new AbortController();
    const settings = { ...ask('same', 'hold-middle'), stream: true } as const;
    const leader = await client.chat.completions.create(settings, { signal: controller.signal });
    const follower = client.chat.completions.create(settings);
    await leader[Symbol.asyncIterator]().next();
    controller.abort();
    await received(2);
    await release();

    expect(await readDeltas(await follower)).toEqual(['first ', 'second']);
    expect((await log())[1]?.ended).toBe('finished');
  });

  test.for(['status-500', 'tool-call', 'not-json'])(
    'go on without the leader when its answer is not kept: %s',
    async (model) => {
      const { url, skimpFetch, log } = createWorld();
      const call = async () => (await skimpFetch(url, toInit(ask('same', model)))).text();
      const [first, second] = await Promise.all([call(), call()]);
      expect(first).toBe(second);
      expect(await log()).toHaveLength(2);
    },
  );

  test('a follower that is aborted does not wait for the leader', async () => {
    const { url, skimpFetch, log, received, release, reported } = createWorld();
    const controller = new AbortController();
    const body = ask('same', 'hold-head');
    const leader = skimpFetch(url, toInit(body));
    await received(1);
    const follower = skimpFetch(url, toInit(body, { signal: controller.signal }));
    const outcome = follower.catch((error: unknown) => error);
    await reported('cache-miss', 2);
    controller.abort('enough');
    expect(await outcome).toBe('enough');
    await release();
    expect((await leader).status).toBe(200);
    expect(await log()).toHaveLength(1);
  });

  test('go on after half a minute when the leader never reads its answer', async () => {
    const { url, skimpFetch, log } = createWorld();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await skimpFetch(url, toInit(ask('same', 'huge')));
      const follower = skimpFetch(url, toInit(ask('same', 'huge')));
      await vi.advanceTimersByTimeAsync(30_000);
      expect((await follower).status).toBe(200);
    } finally {
      vi.useRealTimers();
    }
    expect(await log()).toHaveLength(2);
  });
});
