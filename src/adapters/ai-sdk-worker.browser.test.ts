import { createOpenAI } from '@ai-sdk/openai';
import { DefaultChatTransport, generateText, streamText, wrapLanguageModel } from 'ai';
import { describe, expect, test } from 'vitest';
import { lenient, open } from '../client/test-optimizer.js';
import { createSkimpMiddleware, createSkimpTransport } from './ai-sdk.js';
import { read } from './test-ai-sdk-world.js';
import { TestChat } from './test-chat.js';

// The real SDK, the real worker, the real model and a real server: nothing stands in for anything.

function openWorld(options: Parameters<typeof open>[0] = {}) {
  const baseURL = `${location.origin}/test-upstream/${crypto.randomUUID()}/v1`;
  const world = open(options);
  const countCalls = async () => {
    const log: unknown[] = await (await fetch(new URL('log', baseURL))).json();
    return log.length;
  };
  const stored = () =>
    expect.poll(() => world.events.filter(({ type }) => type === 'cache-store').length).toBe(1);
  return { ...world, baseURL, countCalls, stored };
}

const question = 'What is the capital of France?';
const rephrased = 'what is the capital of france';
const other = 'What is the capital of Spain?';

describe('an app with the AI SDK', { timeout: 60_000 }, () => {
  test('asks two wordings and pays for one, whole and streamed', async () => {
    const { optimizer, baseURL, countCalls, stored } = openWorld(lenient);
    await optimizer.loadModel();
    const model = wrapLanguageModel({
      model: createOpenAI({ apiKey: 'sk-secret', baseURL }).chat('gpt-test'),
      middleware: createSkimpMiddleware(optimizer),
    });
    const first = await generateText({ model, prompt: question });
    await stored();
    const second = await generateText({ model, prompt: rephrased });
    const third = await read(streamText({ model, prompt: rephrased }));
    await generateText({ model, prompt: other });

    expect([second.text, third.text]).toEqual([first.text, first.text]);
    expect(second.providerMetadata?.skimp).toMatchObject({ cache: 'hit', tier: 'semantic' });
    expect(await countCalls()).toBe(2);
    expect(await optimizer.stats()).toMatchObject({
      semanticHits: 2,
      savedTokens: { prompt: 22, completion: 14 },
    });
  });

  test('has a chat with its own route answered alike', async () => {
    const { optimizer, baseURL, countCalls, stored } = openWorld(lenient);
    await optimizer.loadModel();
    const transport = createSkimpTransport(
      optimizer,
      (fetch) => new DefaultChatTransport({ api: `${baseURL}/api/chat`, fetch }),
    );
    const talk = async (text: string) => {
      const chat = new TestChat({ transport });
      await chat.sendMessage({ text });
      return chat.texts[1];
    };
    const first = await talk(question);
    await stored();
    expect(await talk(rephrased)).toBe(first);
    expect(await talk(other)).not.toBe(first);
    expect(await countCalls()).toBe(2);
  });

  test('has long prompts shortened', async () => {
    const { optimizer, baseURL, fallbacks } = openWorld();
    const middleware = createSkimpMiddleware(optimizer, {
      compress: { minTokens: 64, storage: null, deadlineMs: 20_000 },
    });
    const openai = createOpenAI({ apiKey: 'sk-secret', baseURL });
    const model = wrapLanguageModel({ model: openai.chat('gpt-test'), middleware });
    const context = Array.from(
      { length: 60 },
      (_, at) => `In ${1900 + at} the town built a bridge.`,
    );
    const prompt = `${context.join(' ')}\n\nWhat was built in 1931?`;
    const { text } = await generateText({ model, prompt }); // the server tells what it received
    expect(fallbacks()).toEqual([]);
    expect(text.length).toBeLessThan(0.7 * prompt.length);
    expect(text).toContain('\\n\\nWhat was built in 1931?');
  });

  test('goes on when the optimizer is closed, and is told', async () => {
    const { optimizer, baseURL, fallbacks } = openWorld();
    optimizer.close();
    const model = wrapLanguageModel({
      model: createOpenAI({ apiKey: 'sk-secret', baseURL }).chat('gpt-test'),
      middleware: createSkimpMiddleware(optimizer),
    });
    expect((await generateText({ model, prompt: question })).text).toContain('Réponse');
    expect(fallbacks()).toContain('optimizer-closed');
  });
});
