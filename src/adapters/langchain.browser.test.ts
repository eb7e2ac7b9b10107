import { AIMessage, HumanMessage, SystemMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { OpenAI } from '@langchain/openai';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSkimpFetch } from './fetch.js';
import { SkimpCache } from './langchain.js';
import { createLangChainWorld as createWorld, type Settings } from './test-langchain-world.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a repeat', () => {
  test('is answered with a message of its own that cost nothing and says where it is from', async () => {
    const { model, countCalls, types } = createWorld();
    const first = await model.invoke('Capital of France?');
    const again = await model.invoke('Capital of France?');
    expect(await countCalls()).toBe(1);
    expect(types()).toEqual(['cache-miss', 'cache-store', 'cache-hit']);
    expect(again).toBeInstanceOf(AIMessage);
    expect(again.content).toBe(first.content);
    expect(again.text).toBe(first.text);
    expect(again.usage_metadata).toEqual({ input_tokens: 0, output_tokens: 0, total_tokens: 0 });
    expect(again.response_metadata).toMatchObject({
      finish_reason: 'stop',
      model_name: 'gpt-test-2026-01-01',
      skimp: { tier: 'exact', similarity: 1, key: expect.any(String) },
    });
    const third = await model.invoke('Capital of France?');
    expect(new Set([first.id, again.id, third.id]).size).toBe(3);
  });

  test('keeps what the answer cost at first', async () => {
    const { model, optimizer } = createWorld();
    const stored: unknown[] = [];
    const { store } = optimizer;
    optimizer.store = (request, response) => {
      stored.push(response);
      return store(request, response);
    };
    await model.invoke('Capital of France?');
    expect(stored).toMatchObject([
      { usage: { promptTokens: 11, completionTokens: 7 }, latencyMs: 100 },
    ]);
  });

  test('goes into a conversation as any message does', async () => {
    const { model, countCalls } = createWorld();
    await model.invoke('Hi');
    const replayed = await model.invoke('Hi');
    const talk = [new HumanMessage('Hi'), replayed, new HumanMessage('And now?')];
    const answer = await model.invoke(talk);
    expect((await model.invoke(talk)).text).toBe(answer.text);
    expect(await countCalls()).toBe(2);
  });

  test('is answered to a model that streams on its own', async () => {
    // To count a stream's tokens LangChain fetches a vocabulary from another host, again and again.
    const pageFetch = globalThis.fetch;
    vi.stubGlobal('fetch', async (...call: Parameters<typeof fetch>) =>
      String(call[0]).includes('tiktoken') ? Response.json({}) : pageFetch(...call),
    );
    const { createModel, countCalls } = createWorld();
    const model = createModel({ streaming: true });
    const first = await model.invoke('Hi');
    expect((await model.invoke('Hi')).text).toBe(first.text);
    expect(await countCalls()).toBe(1);
  });

  test('is answered in blocks where the app wants them', async () => {
    const { createModel, countCalls } = createWorld();
    const model = createModel({ outputVersion: 'v1' });
    const first = await model.invoke('Hi');
    expect((await model.invoke('Hi')).content).toEqual(first.content);
    expect(first.content).toBeTypeOf('object');
    expect(await countCalls()).toBe(1);
  });

  test('of structured output is parsed again', async () => {
    const { createModel, countCalls } = createWorld();
    const schema = { title: 'town', type: 'object', properties: { city: { type: 'string' } } };
    const model = createModel({ model: 'json' });
    const structured = model.withStructuredOutput(schema, { method: 'jsonSchema' });
    expect(await structured.invoke('Where?')).toEqual({ city: 'Paris' });
    expect(await structured.invoke('Where?')).toEqual({ city: 'Paris' });
    expect(await countCalls()).toBe(1);
    const other = { ...schema, description: 'a town by the sea' };
    await model.withStructuredOutput(other, { method: 'jsonSchema' }).invoke('Where?');
    expect(await countCalls()).toBe(2);
  });

  test('in a batch is answered in its own place', async () => {
    const { model, countCalls } = createWorld();
    await model.invoke('Two?');
    const answers = await model.batch(['One?', 'Two?', 'Three?']);
    expect(answers.map(({ text }) => /\w+\?/.exec(text)?.[0])).toEqual(['One?', 'Two?', 'Three?']);
    expect(await countCalls()).toBe(3);
  });

  test('to a completion model has no message', async () => {
    const { settings, cache } = createWorld();
    const fetch = async () =>
      Response.json({
        choices: [{ index: 0, text: 'Hi.', logprobs: null, finish_reason: 'stop' }],
      });
    const model = new OpenAI({ ...settings, configuration: { ...settings.configuration, fetch } });
    expect(await model.invoke('Say hi')).toBe('Hi.');
    const { generations } = await model.generate(['Say hi']);
    expect(cache).toBeInstanceOf(SkimpCache);
    expect(generations).toEqual([
      [{ text: 'Hi.', generationInfo: expect.objectContaining({ finishReason: 'stop' }) }],
    ]);
    expect(generations[0]?.[0]?.generationInfo).toHaveProperty('skimp.tier', 'exact');
  });
});

describe('another wording', () => {
  test('may be answered, whoever comes before being equal', async () => {
    const { model, countCalls } = createWorld({ match: (_query, stored) => stored[0] });
    const first = await model.invoke([
      new SystemMessage('Be brief.'),
      new HumanMessage('Capital?'),
    ]);
    const again = [new SystemMessage('Be brief.'), new HumanMessage('The capital, please')];
    expect((await model.invoke(again)).text).toBe(first.text);
    await model.invoke([new SystemMessage('Be long.'), new HumanMessage('The capital, please')]);
    await model.invoke('The capital, please');
    expect(await countCalls()).toBe(3);
  });

  test('is not answered from another conversation', async () => {
    const { model, countCalls } = createWorld({ match: (_query, stored) => stored[0] });
    const after = (earlier: string, query: string) => [
      new HumanMessage(earlier),
      new AIMessage('I know.'),
      new HumanMessage(query),
    ];
    await model.invoke(after('Who is the president?', 'How old is he?'));
    await model.invoke(after('Who is the pope?', 'What is his age?'));
    expect(await countCalls()).toBe(2);
    await model.invoke(after('Who is the pope?', 'How old is he?'));
    expect(await countCalls()).toBe(2);
  });
});

describe('nothing is shared', () => {
  test.each<[string, Settings]>([
    ['between two API keys', { apiKey: 'sk-other' }],
    ['between two models', { model: 'gpt-other' }],
    ['between two temperatures', { temperature: 1 }],
  ])('%s', async (_what, change) => {
    const { model, createModel, countCalls } = createWorld();
    await model.invoke('Hi');
    await createModel(change).invoke('Hi');
    expect(await countCalls()).toBe(2);
  });
});

describe('not kept', () => {
  const getTime = tool(() => 'noon', { name: 'get_time', description: 'The time.' });

  test('are tool calls', async () => {
    const { createModel, countCalls, skips } = createWorld();
    const model = createModel({ model: 'tool-call' }).bindTools([getTime]);
    const first = await model.invoke('What time is it?');
    const again = await model.invoke('What time is it?');
    expect([first.tool_calls?.[0]?.name, again.tool_calls?.[0]?.name]).toEqual([
      'get_time',
      'get_time',
    ]);
    expect(await countCalls()).toBe(2);
    expect(skips()).toEqual(Array(2).fill('the answer ended with "tool_calls"'));
  });

  test('are answers that were cut', async () => {
    const { createModel, countCalls } = createWorld();
    const model = createModel({ model: 'length' });
    await model.invoke('Tell me all');
    await model.invoke('Tell me all');
    expect(await countCalls()).toBe(2);
  });

  test('are answers about an image, which LangChain writes like any other', async () => {
    const { model, countCalls, skips } = createWorld();
    const show = (url: string) =>
      new HumanMessage({
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url } },
        ],
      });
    await model.invoke([show('data:image/png;base64,AAAA')]);
    await model.invoke([show('data:image/png;base64,BBBB')]);
    expect(await countCalls()).toBe(2);
    expect(skips()).toEqual(Array(2).fill('the prompt may hold an image or a file'));
  });

  test('are calls whose tools LangChain does not tell apart', async () => {
    const { model, countCalls } = createWorld();
    const other = tool(() => 'rain', { name: 'get_weather', description: 'The weather.' });
    await model.invoke('What time is it?', { tools: [other] });
    await model.invoke('What time is it?', { tools: [getTime] });
    expect(await countCalls()).toBe(2);
  });
});

describe('streams', () => {
  test('do not ask the cache', async () => {
    const { model, countCalls, types } = createWorld();
    await model.invoke('Hi');
    for await (const chunk of await model.stream('Hi')) expect(chunk).toBeDefined();
    expect(await countCalls()).toBe(2);
    expect(types()).toEqual(['cache-miss', 'cache-store']);
  });

  test('are answered by skimp/fetch in its place', async () => {
    const { createModel, optimizer, settings, countCalls } = createWorld();
    const configuration = { ...settings.configuration, fetch: createSkimpFetch(optimizer) };
    const model = createModel({ cache: false, configuration });
    const read = async () => {
      let text = '';
      for await (const chunk of await model.stream('Hi')) text += chunk.text;
      return text;
    };
    const first = await read();
    await expect.poll(() => optimizer.trace.map(({ type }) => type)).toContain('cache-store');
    expect(await read()).toBe(first);
    expect(await countCalls()).toBe(1);
  });
});

describe('what goes wrong upstream', () => {
  test.each([400, 429, 500])('with status %d reaches the app, and is not kept', async (status) => {
    const { createModel, countCalls, types } = createWorld();
    const model = createModel({ model: `status-${status}` });
    await expect(model.invoke('Hi')).rejects.toMatchObject({ status });
    await expect(model.invoke('Hi')).rejects.toMatchObject({ status });
    expect(await countCalls()).toBe(2);
    expect(types()).toEqual(['cache-miss', 'cache-miss']);
  });

  test('an abort reaches the app, and nothing is kept', async () => {
    const { createModel, root, countCalls, types } = createWorld();
    const controller = new AbortController();
    const { signal } = controller;
    const pending = createModel({ model: 'hold-head' }).invoke('Hi', { signal });
    const ended = pending.catch((error: unknown) => error);
    await expect.poll(countCalls).toBe(1);
    controller.abort();
    expect(String(await ended)).toMatch(/abort/i);
    await fetch(`${root}/release`, { method: 'POST' });
    expect(types()).toEqual(['cache-miss']);
  });
});

describe('a defect of ours', () => {
  test.each(['lookup', 'store'] as const)('in %s costs the app nothing', async (method) => {
    const { model, optimizer } = createWorld();
    Object.assign(optimizer, { [method]: () => Promise.reject(new TypeError('broken')) });
    expect((await model.invoke('Hi')).text).toContain('Hi');
    expect(optimizer.trace.at(-1)).toMatchObject(
      method === 'store' ? { type: 'fallback', code: 'internal' } : { type: 'cache-store' },
    );
    expect(optimizer.trace.filter(({ type }) => type === 'fallback')).toHaveLength(1);
  });
});
