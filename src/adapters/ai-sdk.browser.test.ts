import {
  generateObject,
  generateText,
  jsonSchema,
  Output,
  stepCountIs,
  streamText,
  tool,
  type ToolSet,
  wrapLanguageModel,
} from 'ai';
import { describe, expect, test, vi } from 'vitest';
import { createAiSdkWorld, read } from './test-ai-sdk-world.js';

const nothing = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };

describe('hit and miss', () => {
  test('a repeated prompt is answered without the model, and says so', async () => {
    let time = 1_000;
    const { ask, log, reported, types } = createAiSdkWorld({ now: () => time });
    const first = await generateText(ask('What is skimp?'));
    await reported('cache-store');
    time = 91_000;
    const second = await generateText(ask('What is skimp?'));

    expect(second.text).toBe(first.text);
    expect(second.finishReason).toBe('stop');
    expect(second.usage).toMatchObject(nothing);
    expect(second.warnings).toEqual([]);
    expect(second.response).toMatchObject({
      id: 'skimp-id1',
      timestamp: new Date(91_000),
      modelId: 'gpt-test-2026-01-01',
      headers: { 'x-skimp': 'hit', 'x-skimp-tier': 'exact', 'x-skimp-age': '90' },
    });
    expect(second.providerMetadata?.skimp).toEqual({
      cache: 'hit',
      tier: 'exact',
      key: expect.stringContaining('skimp'),
      similarity: 1,
      ageMs: 90_000,
      usage: { inputTokens: 11, outputTokens: 7 },
      latencyMs: 0,
    });
    expect(await log()).toHaveLength(1);
    expect(types()).toEqual(['cache-miss', 'cache-store', 'cache-hit']);
  });

  test('what is kept is keyed by the prompt and the settings, and has its cost', async () => {
    const { ask, optimizer, reported } = createAiSdkWorld();
    const store = vi.spyOn(optimizer, 'store');
    const options = { headers: { 'x-secret': 'no' }, temperature: 0.5, instructions: 'Be short.' };
    const { text } = await generateText({ ...ask('Why?'), ...options });
    await reported('cache-store');
    const [request, response] = store.mock.calls[0] ?? [];
    expect(request).toEqual({
      query: 'Why?',
      model: 'gpt-test',
      context: [{ role: 'system', content: 'Be short.' }],
      params: {
        provider: 'openai.chat',
        endpoint: '',
        settings: expect.objectContaining({ temperature: 0.5 }),
        turn: [],
      },
    });
    expect(JSON.stringify(request)).not.toMatch(/secret|user-agent/);
    expect(response).toEqual({
      text,
      model: 'gpt-test-2026-01-01',
      usage: { promptTokens: 11, completionTokens: 7 },
      latencyMs: 0,
    });
  });

  test('a prompt of another wording is answered when the optimizer says so', async () => {
    const { ask, log, reported } = createAiSdkWorld({ match: (_query, [stored]) => stored });
    const first = await generateText(ask('How do I reset it?'));
    await reported('cache-store');
    const second = await generateText(ask('How can it be reset?'));
    expect(second.text).toBe(first.text);
    expect(second.providerMetadata?.skimp?.tier).toBe('semantic');
    expect(await log()).toHaveLength(1);
  });

  test('another model, setting, system prompt or server is another question', async () => {
    const world = createAiSdkWorld();
    const other = createAiSdkWorld({}, { endpoint: 'there' });
    const here = world.ask('Why?');
    await generateText(here);
    await generateText(world.ask('Why?', 'gpt-other'));
    await generateText({ ...here, temperature: 1 });
    await generateText({ ...here, instructions: 'Be short.' });
    const elsewhere = wrapLanguageModel({
      model: world.openai.chat('gpt-test'),
      middleware: other.middleware,
    });
    await generateText({ ...here, model: elsewhere });
    expect(await world.log()).toHaveLength(5);
  });

  test('a follow-up question never crosses conversations', async () => {
    const { ask, log, reported } = createAiSdkWorld();
    const { model } = ask('');
    const askAbout = (person: string) =>
      generateText({
        model,
        messages: [
          { role: 'user', content: `Who is ${person}?` },
          { role: 'assistant', content: 'A painter.' },
          { role: 'user', content: 'How old is he?' },
        ],
      });
    await askAbout('Anselm');
    await askAbout('Gerhard');
    await reported('cache-store', 2);
    await askAbout('Anselm');
    expect(await log()).toHaveLength(2);
  });

  test('identical prompts at the same time go to the model once, whole and streamed', async () => {
    const { ask, log, received, release } = createAiSdkWorld();
    const options = ask('same', 'hold-head');
    const answers = [
      generateText(options),
      ...[1, 2, 3].map(() => read(streamText(options))),
      generateText(options),
    ];
    await received(1);
    await release();
    const texts = await Promise.all(answers.map(async (it) => (await it).text));
    expect(new Set(texts).size).toBe(1);
    expect(await log()).toHaveLength(1);
  });
});

describe('streams', () => {
  test('a streamed answer is replayed as a stream', async () => {
    const { ask, log, reported } = createAiSdkWorld();
    const first = await read(streamText(ask('Tell me of the Rhône 🛶.')));
    await reported('cache-store');
    const result = streamText(ask('Tell me of the Rhône 🛶.'));
    const second = await read(result);

    expect(second.text).toBe(first.text);
    expect(second.deltas.length).toBeGreaterThan(2);
    expect(await result.finishReason).toBe('stop');
    expect(await result.usage).toMatchObject(nothing);
    expect((await result.providerMetadata)?.skimp).toMatchObject({ cache: 'hit', tier: 'exact' });
    expect((await result.response).headers).toMatchObject({ 'x-skimp': 'hit' });
    expect(await log()).toHaveLength(1);
  });

  test('a whole answer is replayed as a stream, and the other way round', async () => {
    const { ask, log, reported } = createAiSdkWorld();
    const plain = await generateText(ask('one'));
    const streamed = await read(streamText(ask('two')));
    await reported('cache-store', 2);
    expect((await read(streamText(ask('one')))).text).toBe(plain.text);
    expect((await generateText(ask('two'))).text).toBe(streamed.text);
    expect(await log()).toHaveLength(2);
  });

  test('an error in mid-stream reaches the app after the text before it, and nothing is kept', async () => {
    const { ask, skips } = createAiSdkWorld();
    const { text, errors } = await read(
      streamText({ ...ask('x', 'sse-error'), onError: () => {} }),
    );
    expect(text).toBe('so far ');
    expect(errors).toHaveLength(1);
    expect(skips()).toEqual(['the answer has error']);
  });

  test('a stream that ends without its finish is not kept', async () => {
    const { ask, reported, skips } = createAiSdkWorld();
    expect((await read(streamText(ask('x', 'truncated')))).text).toBe('half an ans');
    await reported('cache-skip');
    expect(skips()[0]).toMatch(/^finishReason is/);
  });
});

describe('structured output', () => {
  const schema = jsonSchema<{ city: string }>({
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  });

  test('is replayed for the same schema, and asked for again with another one', async () => {
    const { ask, log, reported } = createAiSdkWorld();
    const options = ask('Where is it?', 'json');
    const first = await generateText({ ...options, output: Output.object({ schema }) });
    await reported('cache-store');
    const second = await generateText({ ...options, output: Output.object({ schema }) });
    const { object } = await generateObject({ ...options, schema });
    const paris = { city: 'Paris' };
    expect([first.output, second.output, object]).toEqual([paris, paris, paris]);
    expect(await log()).toHaveLength(1);
    const other = jsonSchema<object>({ type: 'object' });
    await generateText({ ...options, output: Output.object({ schema: other }) });
    expect(await log()).toHaveLength(2);
  });
});

describe('tools', () => {
  test('run once for each call of the model: no call is kept, and no result is a question', async () => {
    const { ask, log, reported, skips, types } = createAiSdkWorld();
    const execute = vi.fn<() => string>(() => '12:00');
    const inputSchema = jsonSchema<object>({ type: 'object', properties: {} });
    const tools: ToolSet = { get_time: tool({ inputSchema, execute }) };
    const options = { ...ask('What time is it?', 'tool-call'), tools, stopWhen: stepCountIs(2) };
    const whole = await generateText(options);
    await reported('cache-skip', 2);
    const streamed = streamText(options);
    await read(streamed);
    await reported('cache-skip', 4);

    expect(whole.steps).toHaveLength(2);
    expect(await streamed.steps).toHaveLength(2);
    expect(execute).toHaveBeenCalledTimes(4);
    expect(await log()).toHaveLength(4);
    expect(types()).not.toContain('cache-store');
    const notText = "the last turn is not the user's, or not plain text";
    expect(skips()).toEqual([
      'the answer has tool-call',
      notText,
      'the answer has tool-input-start',
      notText,
    ]);
  });

  test('that are offered and not called are part of the question', async () => {
    const { ask, log, reported } = createAiSdkWorld();
    const inputSchema = jsonSchema<object>({ type: 'object', properties: {} });
    const toTools = (description: string): ToolSet => ({
      get_time: tool({ description, inputSchema, execute: () => '12:00' }),
    });
    const first = await generateText({ ...ask('Hi.'), tools: toTools('the time') });
    await reported('cache-store');
    const second = await generateText({ ...ask('Hi.'), tools: toTools('the time') });
    await generateText({ ...ask('Hi.'), tools: toTools('another time') });
    expect(second.text).toBe(first.text);
    expect(await log()).toHaveLength(2);
  });
});
