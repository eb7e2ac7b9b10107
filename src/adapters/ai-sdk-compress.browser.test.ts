import {
  generateText,
  jsonSchema,
  type ModelMessage,
  stepCountIs,
  streamText,
  tool,
  wrapLanguageModel,
} from 'ai';
import { describe, expect, test, vi } from 'vitest';
import type { SkimpMiddlewareOptions } from './ai-sdk.js';
import type { Compressor } from './compress/compress-turns.js';
import { createAiSdkWorld, read, wish } from './test-ai-sdk-world.js';
import { type Message, prompt, question, shortPrompt } from './test-compressing-world.js';
import { article, createTestCompressor, halve } from './test-compressor.js';

/** A world whose prompts are compressed, by a script or by halves. */
function open(script?: Compressor['compress'], compress: SkimpMiddlewareOptions['compress'] = {}) {
  const compressor = createTestCompressor(script);
  const world = createAiSdkWorld(
    { compressor },
    { compress: { minTokens: 10, storage: null, ...compress } },
  );
  /** The contents of the messages that the server received in the last request. */
  const contents = async () => {
    const body: { messages: Message[] } = JSON.parse((await world.bodies()).at(-1) ?? '{}');
    return body.messages.map(({ content }) => content);
  };
  return { ...world, calls: compressor.calls, contents };
}

const user = (content: string, rest: Partial<ModelMessage> = {}): ModelMessage =>
  ({ role: 'user', content, ...rest }) as ModelMessage; // as: `rest` is of a user's message
const said = (content: string): ModelMessage => ({ role: 'assistant', content });

describe('a miss', () => {
  test('goes out shorter, and is kept under what the app asked', async () => {
    const { ask, contents, reported, types, optimizer } = open();
    const store = vi.spyOn(optimizer, 'store');
    const first = await generateText(ask(prompt));
    await reported('cache-store');
    const second = await generateText(ask(prompt));

    expect(second.text).toBe(first.text);
    expect(await contents()).toEqual([shortPrompt]);
    expect(store.mock.calls[0]?.[0].query).toBe(prompt);
    expect(types()).toEqual(['cache-miss', 'compress-request', 'cache-store', 'cache-hit']);
    expect(optimizer.trace[1]).toMatchObject({ messages: 1, originalTokens: 121, sentTokens: 61 });
  });

  test('is compressed for its question, to the budget of the app', async () => {
    const { ask, calls } = open(undefined, { maxPromptTokens: 40, minTokens: 20 });
    await generateText(ask(prompt));
    expect(calls).toEqual([{ text: article, question, maxTokens: 35, minTokens: 20 }]);
  });

  test.for([
    ['a call', wish({ compress: false })],
    ['a private call', wish({ cache: 'no-store' })],
  ] as const)('of %s that the app wants word for word is so', async ([, options]) => {
    const { ask, contents, calls } = open();
    await generateText({ ...ask(prompt), ...options });
    expect(await contents()).toEqual([prompt]);
    expect(calls).toEqual([]);
  });

  test('of a message that the app wants word for word is so, then and later', async () => {
    const { ask, bodies, contents } = open();
    const { model } = ask('');
    const messages = [user(prompt, wish({ compress: false }))];
    await generateText({ model, messages });
    messages.push(said('Words.'), user(`${article} now\n\n${question}`));
    await generateText({ model, messages });
    expect(await contents()).toEqual([
      prompt,
      'Words.',
      `${halve(`${article} now`)}\n\n${question}`,
    ]);
    expect((await bodies()).join()).not.toContain('skimp');
  });

  test('whose compression fails goes out as it is, and an event says why', async () => {
    const { ask, contents, optimizer } = open(async () => {
      throw new Error('a defect');
    });
    await generateText(ask(prompt));
    expect(await contents()).toEqual([prompt]);
    expect(optimizer.trace).toContainEqual(
      expect.objectContaining({ type: 'fallback', reason: 'Error: a defect' }),
    );
  });

  test('whose compression takes too long goes out as it is', async () => {
    const { ask, contents, optimizer } = open(() => new Promise(() => {}), { deadlineMs: 30 });
    await generateText(ask(prompt));
    expect(await contents()).toEqual([prompt]);
    expect(optimizer.trace).toContainEqual(
      expect.objectContaining({ type: 'fallback', code: 'deadline-exceeded' }),
    );
  });

  test('that is aborted while it is compressed is not sent', async () => {
    const controller = new AbortController();
    const { ask, log } = open(() => {
      controller.abort(new Error('the user left'));
      return new Promise(() => {});
    });
    const call = generateText({ ...ask(prompt), abortSignal: controller.signal });
    await expect(call).rejects.toThrow('the user left');
    expect(await log()).toEqual([]);
  });
});

describe('a conversation', () => {
  test('of 20 turns begins with the same bytes at each request, whole and streamed', async () => {
    let failures = 0;
    const { ask, bodies, calls, optimizer } = open(async (text, options) => {
      failures += text.includes('turn 7') ? 1 : 0;
      if (text.includes('turn 7')) throw new Error('a defect');
      return createTestCompressor().compress(text, options);
    });
    const { model } = ask('');
    const messages: ModelMessage[] = [];
    const instructions = prompt;
    for (let turn = 0; turn < 20; turn += 1) {
      messages.push(user(`In turn ${turn} 🎉 "${article}"\n\nWhat of turn ${turn}?`));
      const call = { model, instructions, messages };
      const { text } =
        turn % 2 === 0 ? await generateText(call) : await read(streamText({ ...call }));
      messages.push(said(text));
    }
    const sent = await bodies();
    const prefixes = sent.map((body) =>
      body.slice(body.indexOf('"messages"'), body.lastIndexOf('}]')),
    );
    for (const [at, prefix] of prefixes.entries()) {
      expect(prefix.startsWith(prefixes[at - 1] ?? '')).toBe(true);
    }
    expect(prefixes[0]).toContain('What of turn 0?');
    expect(sent).toHaveLength(20);
    expect(calls).toHaveLength(20);
    expect(failures).toBe(1);
    const last: { messages: Message[] } = JSON.parse(sent[19] ?? '');
    expect(last.messages[0]?.content).toBe(prompt);
    const users = last.messages.filter(({ role }) => role === 'user').map(({ content }) => content);
    expect(users).toEqual(
      Array.from({ length: 20 }, (_, turn) => {
        const context = `In turn ${turn} 🎉 "${article}"`;
        return `${turn === 7 ? context : halve(context)}\n\nWhat of turn ${turn}?`;
      }),
    );
    const events = optimizer.trace.filter(({ type }) => type === 'compress-request');
    expect(events.at(-1)).toMatchObject({ messages: 19 });
  });

  test('that calls tools has each result compressed once, for what the user asked', async () => {
    const { ask, bodies, calls, contents } = open();
    let results = 0;
    const read_page = tool({
      inputSchema: jsonSchema<object>({ type: 'object', properties: {} }),
      execute: () => `${article} ${(results += 1)}`,
    });
    const tools = { get_time: read_page };
    await generateText({ ...ask(question, 'tool-call'), tools, stopWhen: stepCountIs(3) });

    expect(calls.map(({ text, question: asked }) => [text, asked])).toEqual([
      [`${article} 1`, question],
      [`${article} 2`, question],
    ]);
    const prefixes = (await bodies()).map((body) =>
      body.slice(body.indexOf('"messages"'), body.lastIndexOf('}],"tools"')),
    );
    expect(prefixes).toHaveLength(3);
    expect(prefixes[0]).toContain(question);
    for (const [at, prefix] of prefixes.entries()) {
      expect(prefix.startsWith(prefixes[at - 1] ?? '')).toBe(true);
    }
    expect((await contents()).filter(Boolean)).toEqual([
      question,
      halve(`${article} 1`),
      halve(`${article} 2`),
    ]);
  });

  test('with a mark that moves to the newest turn is the same conversation', async () => {
    const { ask, calls, contents } = open();
    const { model } = ask('');
    const mark = { providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } } };
    await generateText({ model, messages: [user(prompt, mark)] });
    const messages = [user(prompt), said('Words.'), user('And why?', mark)];
    await generateText({ model, messages });
    expect(await contents()).toEqual([shortPrompt, 'Words.', 'And why?']);
    expect(calls).toHaveLength(1);
  });

  test('with an image is compressed around it', async () => {
    const { openai, middleware, bodies } = open();
    const model = wrapLanguageModel({ model: openai.chat('gpt-test'), middleware });
    const file = { type: 'file', mediaType: 'image/png', data: new Uint8Array([137, 80]) } as const;
    const content = [{ type: 'text', text: article } as const, file];
    const asks = { type: 'text', text: question } as const;
    await generateText({ model, messages: [{ role: 'user', content: [...content, asks] }] });
    const [body] = await bodies();
    expect(JSON.parse(body ?? '').messages[0].content).toMatchObject([
      { text: halve(article) },
      { type: 'image_url' },
      { text: question },
    ]);
  });
});
