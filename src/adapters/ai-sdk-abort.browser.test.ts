import { generateText, streamText, wrapLanguageModel } from 'ai';
import { describe, expect, test, vi } from 'vitest';
import { createAiSdkWorld } from './test-ai-sdk-world.js';

describe('abort', () => {
  test('before the answer reaches the server and the app', async () => {
    const { ask, log, received, skips } = createAiSdkWorld();
    const controller = new AbortController();
    const options = { ...ask('x', 'hold-head'), abortSignal: controller.signal };
    const outcome = generateText(options).catch((error: unknown) => error);
    await received(1);
    controller.abort();
    expect(await outcome).toMatchObject({ name: 'AbortError' });
    await expect.poll(async () => (await log())[0]?.ended).toBe('disconnected');
    expect(skips()).toEqual(['the call was aborted']);
  });

  test.for(['hold-middle', 'gpt-test'])(
    'in mid-stream ends it, of the model and of the cache: %s',
    async (name) => {
      const { ask, reported, types } = createAiSdkWorld();
      const isHit = name === 'gpt-test';
      if (isHit) await generateText(ask('x', name));
      await reported('cache-store', isHit ? 1 : 0);
      const controller = new AbortController();
      const onAbort = vi.fn<() => void>();
      const { signal: abortSignal } = controller;
      const result = streamText({ ...ask('x', name), abortSignal, onAbort });
      const kinds: string[] = [];
      for await (const { type } of result.stream) {
        kinds.push(type);
        if (type === 'text-delta') controller.abort();
      }
      expect(kinds.at(-1)).toBe('abort');
      expect(onAbort).toHaveBeenCalledOnce();
      expect(types().filter((type) => type === 'cache-store')).toHaveLength(isHit ? 1 : 0);
    },
  );

  test('by leaving the stream disconnects from the server, and nothing is kept', async () => {
    const { middleware, openai, log, reported, types } = createAiSdkWorld();
    const model = wrapLanguageModel({ model: openai.chat('hold-middle'), middleware });
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'x' }] }];
    const { stream } = await model.doStream({ prompt });
    for await (const part of stream) if (part.type === 'text-delta') break;
    await expect.poll(async () => (await log())[0]?.ended).toBe('disconnected');
    await reported('cache-skip');
    expect(types()).toEqual(['cache-miss', 'cache-skip']);
  });

  test('that came first has no one asked', async () => {
    const { ask, log, types } = createAiSdkWorld();
    const options = { ...ask('x'), abortSignal: AbortSignal.abort(new Error('the user left')) };
    await expect(generateText(options)).rejects.toThrow('the user left');
    expect([await log(), types()]).toEqual([[], []]);
  });
});
