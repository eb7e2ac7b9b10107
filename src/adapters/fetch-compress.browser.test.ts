import type OpenAI from 'openai';
import { describe, expect, test, vi } from 'vitest';
import {
  createCompressingWorld,
  type Message,
  prompt,
  question,
  shortPrompt,
  user,
} from './test-compressing-world.js';
import { article, createTestCompressor, halve } from './test-compressor.js';
import { ask, createWorld, readDeltas } from './test-world.js';

describe('a miss', () => {
  test('goes out shorter, and is kept under what the app asked', async () => {
    const { client, bodies, reported, types, optimizer } = createCompressingWorld();
    const store = vi.spyOn(optimizer, 'store');
    const first = await client.chat.completions.create(ask(prompt));
    await reported('cache-store');
    const second = await client.chat.completions.create(ask(prompt));

    expect(second.choices).toEqual(first.choices);
    expect(await bodies()).toEqual([JSON.stringify(ask(shortPrompt))]);
    expect(store.mock.calls[0]?.[0].query).toBe(prompt);
    expect(types()).toEqual(['cache-miss', 'compress-request', 'cache-store', 'cache-hit']);
    expect(optimizer.trace[1]).toMatchObject({ messages: 1, originalTokens: 121, sentTokens: 61 });
  });

  test('is compressed for its question, to the budget of the app', async () => {
    const { client, calls } = createCompressingWorld({ maxPromptTokens: 40, minTokens: 20 });
    await client.chat.completions.create(ask(prompt));
    expect(calls).toEqual([{ text: article, question, maxTokens: 35, minTokens: 20 }]);
  });

  test('is sent as it is when it is short, or nothing but a prompt', async () => {
    const { client, bodies, calls } = createCompressingWorld();
    await client.chat.completions.create(ask('Hi?'));
    await client.chat.completions.create(ask(`${article} ${article}`));
    expect(await bodies()).toEqual(
      [ask('Hi?'), ask(`${article} ${article}`)].map((it) => JSON.stringify(it)),
    );
    expect(calls).toEqual([]);
  });

  test('asked again with no-cache sends the same bytes', async () => {
    const { client, bodies, calls } = createCompressingWorld();
    await client.chat.completions.create(ask(prompt));
    await client.chat.completions.create(ask(prompt), { headers: { 'cache-control': 'no-cache' } });
    const [first, second] = await bodies();
    expect(second).toBe(first);
    expect(calls).toHaveLength(1);
  });

  test('of five callers at a time is compressed and sent once', async () => {
    const { client, calls, received, release, log } = createCompressingWorld();
    const answers = Array.from({ length: 5 }, () =>
      client.chat.completions.create(ask(prompt, 'hold-head')),
    );
    await received(1);
    await release();
    await Promise.all(answers);
    expect(calls).toHaveLength(1);
    expect(await log()).toHaveLength(1);
  });

  test('has the time of the model, and not of the compressor, as its own', async () => {
    let time = 0;
    const compressor = createTestCompressor(async (text, options) => {
      time += 700;
      return createTestCompressor().compress(text, options);
    });
    const options = {
      compression: { minTokens: 10, storage: null },
      compressor,
      now: () => (time += 1),
    };
    const { client, optimizer, reported } = createWorld(options);
    const store = vi.spyOn(optimizer, 'store');
    await client.chat.completions.create(ask(prompt));
    await reported('cache-store');
    expect(store.mock.calls[0]?.[1].latencyMs).toBeLessThan(10);
  });
});

describe('a conversation', () => {
  const system: Message = { role: 'system', content: prompt };
  const tools: OpenAI.ChatCompletionTool[] = [
    { type: 'function', function: { name: 'get_time', description: prompt } },
  ];

  test('of 20 turns begins with the same bytes at each request, plain and streamed', async () => {
    let failures = 0;
    const { client, bodies, calls, optimizer } = createCompressingWorld({
      script: async (text, options) => {
        failures += text.includes('turn 7') ? 1 : 0;
        if (text.includes('turn 7')) throw new Error('a defect');
        return createTestCompressor().compress(text, options);
      },
    });
    const messages: Message[] = [system];
    for (let turn = 0; turn < 20; turn += 1) {
      messages.push(user(`In turn ${turn} 🎉 "${article}"\n\nWhat of turn ${turn}?`));
      const settings = { model: 'gpt-test', tools, messages };
      const said =
        turn % 2 === 0
          ? (await client.chat.completions.create(settings)).choices[0]?.message.content
          : (
              await readDeltas(await client.chat.completions.create({ ...settings, stream: true }))
            ).join('');
      messages.push({ role: 'assistant', content: said ?? '' });
    }
    const sent = await bodies();
    const prefixes = sent.map((body) => body.slice(0, body.lastIndexOf(']')));
    for (const [at, prefix] of prefixes.entries()) {
      expect(prefix.startsWith(prefixes[at - 1] ?? '')).toBe(true);
    }
    expect(sent).toHaveLength(20);
    expect(calls).toHaveLength(20);
    expect(failures).toBe(1);
    const last: { messages: Message[]; tools: unknown } = JSON.parse(sent[19] ?? '');
    expect(last.messages[0]).toEqual(system);
    expect(last.tools).toEqual(tools);
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

  test('goes on with the same bytes in the next page', async () => {
    sessionStorage.clear();
    const messages: Message[] = [system];
    const sent: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      messages.push(user(`In turn ${turn} 🎉\t"${article}"\n\nWhat of turn ${turn}?`));
      const { client, bodies } = createCompressingWorld({
        storage: sessionStorage,
        script: async (text, options) => {
          if (text.includes('turn 2')) throw new Error('a defect');
          return createTestCompressor().compress(text, options);
        },
      });
      await client.chat.completions.create({ model: 'gpt-test', messages });
      sent.push((await bodies()).at(-1) ?? '');
      messages.push({ role: 'assistant', content: `Answer ${turn}` });
      await expect.poll(() => sessionStorage.length).toBe(turn + 1);
    }
    const prefixes = sent.map((body) => body.slice(0, body.lastIndexOf(']')));
    for (const [at, prefix] of prefixes.entries()) {
      expect(prefix.startsWith(prefixes[at - 1] ?? '')).toBe(true);
    }
    expect(prefixes[5]).toContain(JSON.stringify(halve(article)).slice(1, -1));
  });

  test('that calls tools has their results compressed once, for what the user asked', async () => {
    const { client, bodies, calls, contents, skips } = createCompressingWorld();
    const call = (id: string): Message => ({
      role: 'assistant',
      tool_calls: [{ id, type: 'function', function: { name: 'get_time', arguments: '{}' } }],
    });
    const result = (id: string, content: string): Message => ({
      role: 'tool',
      tool_call_id: id,
      content,
    });
    const messages = [user(question), call('a'), result('a', article)];
    await client.chat.completions.create({ model: 'gpt-test', tools, messages });
    messages.push(call('b'), result('b', `${article} more`));
    await client.chat.completions.create({ model: 'gpt-test', tools, messages });

    expect(calls.map((it) => [it.text, it.question])).toEqual([
      [article, question],
      [`${article} more`, question],
    ]);
    const [first, second] = (await bodies()).map((body) => body.slice(0, body.lastIndexOf(']')));
    expect(second?.startsWith(first ?? 'x')).toBe(true);
    expect((await contents()).filter(Boolean)).toEqual([
      question,
      halve(article),
      halve(`${article} more`),
    ]);
    expect(skips()).toHaveLength(2); // the cache has no place for these; the compressor has
  });

  test('that skimp has not seen begins with what the app wrote', async () => {
    const { client, contents } = createCompressingWorld();
    const messages = [
      system,
      user(prompt),
      { role: 'assistant', content: prompt } as const,
      user(`${article} now\n\n${question}`),
    ];
    await client.chat.completions.create({ model: 'gpt-test', messages });
    expect(await contents()).toEqual([
      prompt,
      prompt,
      prompt,
      `${halve(`${article} now`)}\n\n${question}`,
    ]);
  });

  test('goes on as it was sent when a turn must not be stored or compressed', async () => {
    const { client, contents, calls } = createCompressingWorld();
    const messages = [user(prompt)];
    await client.chat.completions.create({ model: 'gpt-test', messages });
    messages.push({ role: 'assistant', content: 'Words.' }, user(`Secret: ${prompt}`));
    const headers = { 'cache-control': 'no-store' };
    await client.chat.completions.create({ model: 'gpt-test', messages }, { headers });
    messages.push({ role: 'assistant', content: 'Hush.' }, user('Bye?'));
    await client.chat.completions.create({ model: 'gpt-test', messages });
    expect(await contents()).toEqual([shortPrompt, 'Words.', `Secret: ${prompt}`, 'Hush.', 'Bye?']);
    expect(calls).toHaveLength(1);
  });
});
