import type { LanguageModelV2, LanguageModelV3, LanguageModelV3StreamPart } from '@ai-sdk/provider';
import {
  APICallError,
  generateText,
  simulateReadableStream,
  streamText,
  wrapLanguageModel,
} from 'ai';
import { describe, expect, test, vi } from 'vitest';
import type { SkimpMiddlewareOptions } from './ai-sdk.js';
import { createAiSdkWorld, read, wish } from './test-ai-sdk-world.js';

describe('what is not for the cache', () => {
  test.for([
    [400, false],
    [429, true],
    [500, true],
  ] as const)("an error %s is the SDK's own", async ([status, isRetryable]) => {
    const { ask, skips, types } = createAiSdkWorld();
    const call = generateText(ask('x', `status-${status}`));
    const error: unknown = await call.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(APICallError);
    expect(error).toMatchObject({ statusCode: status, isRetryable });
    expect(skips()).toEqual(['the call failed']);
    expect(types()).toEqual(['cache-miss', 'cache-skip']);
  });

  test("the SDK's retries go out one by one", async () => {
    const { ask, log } = createAiSdkWorld();
    await expect(generateText({ ...ask('x', 'status-429'), maxRetries: 2 })).rejects.toThrow(
      'told to send 429',
    );
    expect(await log()).toHaveLength(3);
  });

  test('an answer that was cut', async () => {
    const { ask, reported, skips, log } = createAiSdkWorld();
    expect((await generateText(ask('x', 'length'))).finishReason).toBe('length');
    expect((await read(streamText(ask('x', 'length')))).text).toBe('cut off');
    await reported('cache-skip', 2);
    expect(skips()).toEqual(Array(2).fill('finishReason is "length"'));
    expect(await log()).toHaveLength(2);
  });

  test('an image, and raw chunks', async () => {
    const { ask, skips, log } = createAiSdkWorld();
    const { model } = ask('');
    const data = new Uint8Array([137, 80, 78, 71]);
    const image = { type: 'file', mediaType: 'image/png', data } as const;
    const content = [{ type: 'text', text: 'What is it?' } as const, image];
    await generateText({ model, messages: [{ role: 'user', content }] });
    await read(streamText({ ...ask('x'), include: { rawChunks: true } }));
    expect(skips()).toEqual([
      "the last turn is not the user's, or not plain text",
      'raw chunks are wanted',
    ]);
    expect(await log()).toHaveLength(2);
  });

  test('a call that the app wants neither looked up nor kept, or fresh', async () => {
    const { ask, bodies, reported, types } = createAiSdkWorld();
    await generateText({ ...ask('x'), ...wish({ cache: 'no-store' }) });
    await generateText(ask('x'));
    await reported('cache-store');
    await generateText({ ...ask('x'), ...wish({ cache: 'refresh' }) });
    await reported('cache-store', 2);
    await generateText(ask('x'));
    expect(new Set(await bodies()).size).toBe(1); // the provider sees none of it
    expect(types()).toEqual([
      'cache-skip',
      'cache-miss',
      'cache-store',
      'cache-store',
      'cache-hit',
    ]);
  });

  test('a call with a wish that skimp does not know goes to the model, and an event says so', async () => {
    const { ask, log, optimizer } = createAiSdkWorld();
    const skimp = { cache: 'no-cache' };
    for (let times = 0; times < 2; times += 1) {
      await generateText({ ...ask('x'), providerOptions: { skimp } });
    }
    expect(await log()).toHaveLength(2);
    const fallback = { type: 'fallback', code: 'invalid-option' };
    expect(optimizer.trace).toMatchObject([fallback, fallback]);
  });
});

describe('failures inside', () => {
  test('leave the call to the model, and an event says why', async () => {
    const { ask, optimizer, log } = createAiSdkWorld();
    vi.spyOn(optimizer, 'lookup').mockRejectedValue(new Error('a defect'));
    expect((await generateText(ask('x'))).text).toContain('Réponse');
    expect((await read(streamText(ask('x')))).text).toContain('Réponse');
    expect(await log()).toHaveLength(2);
    const fallback = { type: 'fallback', code: 'internal' };
    expect(optimizer.trace).toMatchObject([fallback, fallback]);
  });

  test('in keeping an answer are no concern of the app', async () => {
    const { ask, optimizer, reported } = createAiSdkWorld();
    vi.spyOn(optimizer, 'store').mockRejectedValue(new Error('a defect'));
    expect((await read(streamText(ask('x')))).text).toContain('Réponse');
    await reported('fallback');
  });
});

test.for([
  [{ endpoint: 5 }],
  [{ scope: 'x' }],
  [{ compress: { keepRatio: 2 } }],
  [{ compress: 1 }],
])('a middleware with the options %j is refused', ([options]) => {
  const given = options as SkimpMiddlewareOptions; // as: what an app without types may give
  expect(() => createAiSdkWorld({}, given)).toThrow(
    expect.objectContaining({ code: 'invalid-option' }),
  );
});

describe('models of earlier versions', () => {
  const prompt = 'What is it?';
  const about = { provider: 'mine', supportedUrls: {} };
  const refuse = async () => {
    throw new Error('not asked for');
  };

  test('V3 is lifted, and answered from the cache', async () => {
    const { middleware, reported } = createAiSdkWorld();
    const chunks: LanguageModelV3StreamPart[] = [
      { type: 'stream-start', warnings: [] },
      { type: 'text-start', id: '0' },
      { type: 'text-delta', id: '0', delta: 'of V3' },
      { type: 'text-end', id: '0' },
      {
        type: 'finish',
        finishReason: { unified: 'stop', raw: 'stop' },
        usage: {
          inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
          outputTokens: { total: 1, text: 1, reasoning: 0 },
        },
      },
    ];
    const doStream = vi.fn<LanguageModelV3['doStream']>(async () => ({
      stream: simulateReadableStream({ chunks, initialDelayInMs: null, chunkDelayInMs: null }),
    }));
    const own: LanguageModelV3 = {
      ...about,
      specificationVersion: 'v3',
      modelId: 'of-v3',
      doGenerate: refuse,
      doStream,
    };
    const model = wrapLanguageModel({ model: own, middleware });
    expect((await read(streamText({ model, prompt }))).text).toBe('of V3');
    await reported('cache-store');
    expect((await read(streamText({ model, prompt }))).text).toBe('of V3');
    expect(doStream).toHaveBeenCalledOnce();
  });

  test('V2 is lifted, and answered from the cache', async () => {
    const { middleware, reported } = createAiSdkWorld();
    const doGenerate = vi.fn<LanguageModelV2['doGenerate']>(async () => ({
      content: [{ type: 'text', text: 'of V2' }],
      finishReason: 'stop',
      usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
      warnings: [],
    }));
    const own: LanguageModelV2 = {
      ...about,
      specificationVersion: 'v2',
      modelId: 'of-v2',
      doGenerate,
      doStream: refuse,
    };
    const model = wrapLanguageModel({ model: own, middleware });
    expect((await generateText({ model, prompt })).text).toBe('of V2');
    await reported('cache-store');
    expect((await generateText({ model, prompt })).text).toBe('of V2');
    expect(doGenerate).toHaveBeenCalledOnce();
  });
});
