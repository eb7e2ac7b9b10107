import { describe, expect, test, vi } from 'vitest';
import { createFakeOptimizer } from '../client/fake-optimizer.js';
import { createSkimpFetch } from './fetch.js';
import {
  createCompressingWorld,
  prompt,
  question,
  shortPrompt,
  user,
} from './test-compressing-world.js';
import { article, createTestCompressor, halve } from './test-compressor.js';
import { ask, createWorld, toInit } from './test-world.js';

describe('what the app says of one request', () => {
  test('a header leaves its newest turn alone, and is not sent', async () => {
    const { client, bodies, log, calls } = createCompressingWorld();
    const headers = { 'X-Skimp-Compress': 'off', 'x-app': '1' };
    await client.chat.completions.create(ask(prompt), { headers });
    await client.chat.completions.create(ask(`${prompt} `), { headers: { 'x-app': '1' } });
    const [off, on] = (await log()).map((request) => request.headers.map(([name]) => name));
    expect(off).toEqual(on);
    expect(off).toContain('x-app');
    expect(await bodies()).toEqual([
      JSON.stringify(ask(prompt)),
      JSON.stringify(ask(`${shortPrompt} `)),
    ]);
    expect(calls).toHaveLength(1);
  });

  test('the header is not sent by an app that has compression off, either', async () => {
    const { url, skimpFetch, log, bodies } = createWorld();
    const headers = { 'content-type': 'application/json', 'x-skimp-compress': 'off' };
    await skimpFetch(url, toInit(ask(prompt), { headers }));
    await skimpFetch(new Request(url, toInit(ask(`${prompt} `), { headers })));
    expect(await bodies()).toEqual([prompt, `${prompt} `].map((text) => JSON.stringify(ask(text))));
    const names = (await log()).flatMap((request) => request.headers.map(([name]) => name));
    expect(names).not.toContain('x-skimp-compress');
  });

  test('regions are kept word for word, and their tags are not sent', async () => {
    const { client, contents } = createCompressingWorld();
    const context = `${article} <skimp keep>must not go</skimp> ${article}`;
    await client.chat.completions.create(ask(`${context}\n\n${question}`));
    expect(await contents()).toEqual([`${halve(context)}\n\n${question}`]);
    expect((await contents())[0]).toContain(' must not go ');
    await client.chat.completions.create(ask('Is <skimp keep>this</skimp> it?'));
    expect(await contents()).toEqual(['Is this it?']);
  });

  test('images go as they are, beside texts that are compressed', async () => {
    const { client, contents } = createCompressingWorld();
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } } as const;
    const toContent = (text: string) => [
      { type: 'text', text } as const,
      image,
      { type: 'text', text: question } as const,
    ];
    const messages = [{ role: 'user' as const, content: toContent(article) }];
    await client.chat.completions.create({ model: 'gpt-test', messages });
    expect(await contents()).toEqual([toContent(halve(article))]);
  });
});

describe('the call itself', () => {
  test.for([
    ['a string', (url: string, init: RequestInit) => [url, init]],
    ['a URL', (url: string, init: RequestInit) => [new URL(url), init]],
    ['a Request', (url: string, init: RequestInit) => [new Request(url, init)]],
    ['a Request and init', (url: string, init: RequestInit) => [new Request(url), init]],
  ] as const)('made with %s stays what it was, but for its body', async ([, toArgs]) => {
    const { url, skimpFetch, log, bodies } = createCompressingWorld();
    const headers = { 'Content-Type': 'application/json', 'X-App': 'ü', Authorization: 'Bearer k' };
    const call = (send: typeof fetch, text: string) => {
      const init = toInit(ask(text), { headers, credentials: 'omit', referrerPolicy: 'origin' });
      const [input, options] = toArgs(url, init) as Parameters<typeof fetch>; // a table of such tuples
      return send(input, options);
    };
    expect((await call(skimpFetch, prompt)).status).toBe(200);
    await call(fetch, shortPrompt);
    const [through, plain] = (await log()).map(({ ended: _ended, ...request }) => request);
    expect(through).toEqual(plain);
    expect((await bodies())[0]).toBe(JSON.stringify(ask(shortPrompt)));
  });

  test.for([
    ['bytes', (text: string) => new TextEncoder().encode(text)],
    ['a blob', (text: string) => new Blob([text], { type: 'application/json' })],
  ] as const)('with a body of %s has the same type', async ([, toBody]) => {
    const { url, skimpFetch, log, bodies } = createCompressingWorld();
    await skimpFetch(url, { method: 'POST', body: toBody(JSON.stringify(ask(prompt))) });
    await fetch(url, { method: 'POST', body: toBody(JSON.stringify(ask(shortPrompt))) });
    const [through, plain] = (await log()).map(({ headers }) => headers);
    expect(through).toEqual(plain);
    expect(new Set(await bodies()).size).toBe(1);
  });

  test.for(['/v1/completions', '/v1/embeddings', '/api/ask'])(
    'to %s, which skimp does not read, is handed on',
    async (path) => {
      const baseFetch = vi.fn<typeof fetch>(async () => new Response('{}'));
      const optimizer = { ...createFakeOptimizer(), ...createTestCompressor() };
      const init = toInit({ ...ask(prompt), input: prompt });
      const skimpFetch = createSkimpFetch(optimizer, baseFetch, {
        compress: { minTokens: 1, storage: null },
      });
      await skimpFetch(`https://api.example${path}`, init);
      expect(baseFetch.mock.calls[0]?.[1]).toBe(init);
      expect(optimizer.calls).toEqual([]);
    },
  );

  test.for([
    ['a key twice', `{"model":"m","messages":[],"messages":[${JSON.stringify(user(prompt))}]}`],
    ['no JSON', 'hello'],
    [
      'messages that are none',
      JSON.stringify({ model: 'm', messages: { role: 'user', content: prompt } }),
    ],
    ['several answers', JSON.stringify({ ...ask(prompt), n: 2 })],
  ])('with a body of %s is as the app wrote it', async ([, body = '']) => {
    const { url, skimpFetch, bodies, calls } = createCompressingWorld();
    await skimpFetch(url, { method: 'POST', body });
    expect(await bodies()).toEqual([body]);
    expect(calls).toEqual([]);
  });

  test('with a wrong option is refused at once', () => {
    const create = () =>
      createSkimpFetch(createFakeOptimizer(), fetch, { compress: { keepRatio: 2 } });
    expect(create).toThrow(expect.objectContaining({ code: 'invalid-option' }));
  });
});
