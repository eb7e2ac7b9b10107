import { describe, expect, test, vi } from 'vitest';
import { createFakeOptimizer } from '../client/fake-optimizer.js';
import { createSkimpFetch } from './fetch.js';
import { ask, createWorld, toInit } from './test-world.js';

/** Headers that say which connection it was, not which request. */
const ofConnection = new Set(['connection', 'referer', 'cookie']);

const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } } as const;

describe('what goes out', () => {
  test('is the request of the SDK, byte for byte', async () => {
    const { baseURL, createClient, log } = createWorld();
    const settings = { ...ask('Ünïcödé 🎉\n\t"quoted"'), temperature: 0.3, user: 'u1' };
    await createClient().chat.completions.create(settings);
    const direct = createClient().withOptions({ baseURL, fetch: (...args) => fetch(...args) });
    await direct.chat.completions.create(settings);
    const [through, plain] = (await log()).map(({ headers, ended: _ended, ...request }) => ({
      ...request,
      headers: headers.filter(([name]) => !ofConnection.has(name)),
    }));
    expect(through).toEqual(plain);
    expect(through?.bodyHex).not.toBe('');
  });

  test.for([
    ['string', (url: string, init: RequestInit) => [url, init]],
    ['URL', (url: string, init: RequestInit) => [new URL(url), init]],
    ['relative URL', (url: string, init: RequestInit) => [new URL(url).pathname, init]],
    ['Request', (url: string, init: RequestInit) => [new Request(url, init)]],
    ['Request and init', (url: string, init: RequestInit) => [new Request(url), init]],
  ] as const)('is the same from a %s, and so is its answer', async ([, toArgs]) => {
    const { url, skimpFetch, log, reported } = createWorld();
    const init = toInit(ask('same'));
    const call = (send: typeof fetch) => {
      const [input, options] = toArgs(url, init) as Parameters<typeof fetch>; // a table of such tuples
      return send(input, options);
    };
    const through = await call(skimpFetch);
    const plain = await call(fetch);
    expect(await through.json()).toEqual(await plain.json());
    expect([...through.headers.keys()]).toEqual([...plain.headers.keys()]);
    expect(pick(through)).toEqual(pick(plain));
    const [first, second] = await log();
    expect(first?.bodyHex).toBe(second?.bodyHex);
    await reported('cache-store');
    expect((await call(skimpFetch)).headers.get('x-skimp')).toBe('hit');
  });

  test.for([
    ['bytes', (text: string) => new TextEncoder().encode(text)],
    ['a buffer', (text: string) => new TextEncoder().encode(text).buffer],
    ['a blob', (text: string) => new Blob([text], { type: 'application/json' })],
  ] as const)('a body given as %s is read and not used up', async ([, toBody]) => {
    const { url, skimpFetch, log, reported } = createWorld();
    const text = JSON.stringify(ask('as bytes'));
    await (await skimpFetch(url, { method: 'POST', body: toBody(text) })).json();
    await reported('cache-store');
    const hit = await skimpFetch(url, { method: 'POST', body: text });
    expect(hit.headers.get('x-skimp')).toBe('hit');
    expect((await log())[0]?.bodyHex).toBe(toHex(text));
  });
});

describe('what passes untouched', () => {
  test.for([
    ['a GET of a chat completion', '/v1/chat/completions', { method: 'GET' }],
    ['another endpoint', '/v1/embeddings', toInit(ask('x'))],
    ['an endpoint below', '/v1/chat/completions/chatcmpl-1', toInit(ask('x'))],
    ['a call without init', '/v1/models', undefined],
  ] as const)('%s: the same arguments, at once, and no event', ([, path, init]) => {
    const optimizer = createFakeOptimizer();
    const answer = Promise.resolve(new Response('from the server'));
    const baseFetch = vi.fn<typeof fetch>(() => answer);
    const input = `https://api.example${path}`;
    expect(createSkimpFetch(optimizer, baseFetch)(input, init)).toBe(answer);
    expect(baseFetch.mock.calls[0]?.[0]).toBe(input);
    expect(baseFetch.mock.calls[0]?.[1]).toBe(init);
    expect(optimizer.trace).toEqual([]);
  });

  test.for([
    [
      'a body of many megabytes',
      (): BodyInit | null => JSON.stringify(ask('x'.repeat(2_000_000))),
      'the body is too long',
    ],
    ['a form', (): BodyInit | null => new URLSearchParams({ a: '1' }), 'the body cannot be read'],
    ['text that is not JSON', (): BodyInit | null => 'hello', 'the body is not a JSON object'],
    ['no body', (): BodyInit | null => null, 'the body cannot be read'],
  ] as const)('%s as the body', async ([, toBody, reason]) => {
    const { url, skimpFetch, log, skips } = createWorld();
    await skimpFetch(url, { method: 'POST', body: toBody() });
    expect(await log()).toHaveLength(1);
    expect(skips()).toEqual([reason]);
  });

  test('a stream as the body is handed on unread', async () => {
    const optimizer = createFakeOptimizer();
    const baseFetch = vi.fn<typeof fetch>(async () => new Response('{}'));
    const body = new Blob(['{}']).stream();
    await createSkimpFetch(optimizer, baseFetch)('https://api.example/v1/chat/completions', {
      method: 'POST',
      body,
    });
    expect(baseFetch.mock.calls[0]?.[1]?.body).toBe(body);
    expect(body.locked).toBe(false);
    expect(optimizer.trace).toMatchObject([{ reason: 'the body cannot be read' }]);
  });

  test('an image in the question', async () => {
    const { client, log, skips } = createWorld();
    const content = [{ type: 'text', text: 'What is this?' } as const, image];
    const messages = [{ role: 'user' as const, content }];
    await client.chat.completions.create({ model: 'gpt-test', messages });
    await client.chat.completions.create({ model: 'gpt-test', messages });
    expect(await log()).toHaveLength(2);
    const reason = "the last turn is not the user's, or not plain text";
    expect(skips()).toEqual([reason, reason]);
  });

  test('a request that says no-store is not answered from the cache, and not kept', async () => {
    const { client, log, reported, skips } = createWorld();
    const headers = { 'cache-control': 'no-store' };
    await client.chat.completions.create(ask('secret'), { headers });
    await client.chat.completions.create(ask('secret'));
    await reported('cache-store');
    await client.chat.completions.create(ask('secret'), { headers });
    expect(await log()).toHaveLength(3);
    expect(skips()).toEqual(['no-store', 'no-store']);
  });

  test.for([
    { headers: { 'cache-control': 'no-cache' } },
    { fetchOptions: { cache: 'reload' } },
  ] as const)(
    'a request that says no-cache goes out, and renews what is kept: %o',
    async (options) => {
      const { client, log, reported, types } = createWorld();
      await client.chat.completions.create(ask('news'));
      await reported('cache-store');
      await client.chat.completions.create(ask('news'), options);
      await reported('cache-store', 2);
      expect(await log()).toHaveLength(2);
      expect(types()).toEqual(['cache-miss', 'cache-store', 'cache-store']);
    },
  );
});

describe('failures', () => {
  test('a defect in skimp lets the request go out, and says so', async () => {
    const { url, log } = createWorld();
    const optimizer = createFakeOptimizer();
    const lookup = async () => {
      throw new TypeError('a defect');
    };
    const skimpFetch = createSkimpFetch({ ...optimizer, lookup });
    expect((await skimpFetch(url, toInit(ask('x')))).status).toBe(200);
    expect(await log()).toHaveLength(1);
    expect(optimizer.trace).toMatchObject([
      { type: 'fallback', code: 'internal', reason: 'TypeError: a defect' },
    ]);
  });

  test('a store that fails is not seen by the app, and followers go on', async () => {
    const { url } = createWorld();
    const optimizer = createFakeOptimizer();
    const store = async () => {
      throw new TypeError('a defect');
    };
    const skimpFetch = createSkimpFetch({ ...optimizer, store });
    const call = async () => (await skimpFetch(url, toInit(ask('x')))).json();
    const [first, second] = await Promise.all([call(), call()]);
    expect(first).toEqual(second);
    await expect
      .poll(() => optimizer.trace.filter(({ type }) => type === 'fallback').length)
      .toBe(2);
  });

  test('a listener that throws does not cost the app its answer', async () => {
    const { url } = createWorld();
    const optimizer = createFakeOptimizer();
    const report = () => {
      throw new Error('a broken listener');
    };
    const skimpFetch = createSkimpFetch({ ...optimizer, report });
    const response = await skimpFetch(url, { method: 'POST', body: 'not JSON' });
    expect(response.status).toBe(200);
  });

  test("the network's own failure passes unchanged", async () => {
    const failure = new TypeError('Failed to fetch');
    const optimizer = createFakeOptimizer();
    const skimpFetch = createSkimpFetch(optimizer, () => Promise.reject(failure));
    const call = () => skimpFetch('https://api.example/v1/chat/completions', toInit(ask('x')));
    expect(await call().catch((error: unknown) => error)).toBe(failure);
    expect(await call().catch((error: unknown) => error)).toBe(failure);
  });

  test("the page's fetch may be replaced by skimp's", async () => {
    const { url, log } = createWorld();
    const pageFetch = globalThis.fetch;
    globalThis.fetch = createSkimpFetch(createFakeOptimizer());
    try {
      expect((await fetch(url, toInit(ask('x')))).status).toBe(200);
    } finally {
      globalThis.fetch = pageFetch;
    }
    expect(await log()).toHaveLength(1);
  });
});

function pick({ status, statusText, url, redirected, type, ok }: Response) {
  return { status, statusText, url, redirected, type, ok };
}

function toHex(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
