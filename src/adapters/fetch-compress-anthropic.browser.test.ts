import type { Anthropic } from '@anthropic-ai/sdk';
import { describe, expect, test } from 'vitest';
import { askClaude, createAnthropic, ways } from './test-anthropic.js';
import { createCompressingWorld, prompt, question, shortPrompt } from './test-compressing-world.js';
import { article, createTestCompressor, halve } from './test-compressor.js';

const tools: Anthropic.Tool[] = [
  { name: 'get_time', description: prompt, input_schema: { type: 'object' } },
];

/** A body up to where its list of messages ends. */
const toPrefix = (body: string) => body.slice(0, body.lastIndexOf(']'));
const toText = (text: string): Anthropic.TextBlockParam => ({ type: 'text', text });

function open(way: (typeof ways)[number], script?: Parameters<typeof createTestCompressor>[0]) {
  const world = createCompressingWorld(script ? { script } : {});
  return {
    ...world,
    client: createAnthropic(world, way, { compress: { minTokens: 10, storage: null } }),
  };
}

describe.for(ways)("Anthropic's SDK with skimp as its %s", (way) => {
  test('sends a miss shorter, and keeps it under what the app asked', async () => {
    const { client, bodies, reported, types } = open(way);
    await client.messages.create(askClaude(prompt));
    await reported('cache-store');
    await client.messages.create(askClaude(prompt));
    expect(await bodies()).toEqual([JSON.stringify(askClaude(shortPrompt))]);
    expect(types()).toEqual(['cache-miss', 'compress-request', 'cache-store', 'cache-hit']);
  });

  test('begins 20 turns with the same bytes at each request, plain and streamed', async () => {
    const { client, bodies, calls } = open(way, async (text, options) => {
      if (text.includes('turn 7')) throw new Error('a defect');
      return createTestCompressor().compress(text, options);
    });
    const messages: Anthropic.MessageParam[] = [];
    for (let turn = 0; turn < 20; turn += 1) {
      const text = `In turn ${turn} 🎉 "${article}"\n\nWhat of turn ${turn}?`;
      messages.push({ role: 'user', content: turn % 3 === 0 ? [toText(text)] : text });
      const settings = { model: 'claude-test', max_tokens: 100, system: prompt, tools, messages };
      const { content } =
        turn % 2 === 0
          ? await client.messages.create(settings)
          : await client.messages.stream(settings).finalMessage();
      messages.push({ role: 'assistant', content });
    }
    const sent = await bodies();
    expect(sent).toHaveLength(20);
    for (const [at, body] of sent.entries()) {
      expect(toPrefix(body).startsWith(toPrefix(sent[at - 1] ?? ']'))).toBe(true);
    }
    expect(calls).toHaveLength(20);
    const last: Anthropic.MessageCreateParams = JSON.parse(sent[19] ?? '');
    expect(last.system).toBe(prompt);
    expect(last.tools).toEqual(tools);
    const users = last.messages.filter(({ role }) => role === 'user');
    expect(users.map(({ content }) => content)).toEqual(
      Array.from({ length: 20 }, (_, turn) => {
        const context = `In turn ${turn} 🎉 "${article}"`;
        const text = `${turn === 7 ? context : halve(context)}\n\nWhat of turn ${turn}?`;
        return turn % 3 === 0 ? [toText(text)] : text;
      }),
    );
  });

  test('sends a turn the same when the mark of the prefix cache has moved on from it', async () => {
    const { client, bodies, calls } = open(way);
    const mark = { cache_control: { type: 'ephemeral' as const } };
    const ask = (...messages: Anthropic.MessageParam[]) =>
      client.messages.create({ model: 'claude-test', max_tokens: 100, messages });
    const later = `${article} again\n\n${question}`;
    await ask({ role: 'user', content: [{ ...toText(prompt), ...mark }] });
    await ask(
      { role: 'user', content: prompt },
      { role: 'assistant', content: 'Words.' },
      { role: 'user', content: [{ ...toText(later), ...mark }] },
    );
    const [first, second] = (await bodies()).map((body): Anthropic.MessageCreateParams =>
      JSON.parse(body),
    );
    expect(first?.messages[0]?.content).toEqual([{ ...toText(shortPrompt), ...mark }]);
    expect(second?.messages[0]?.content).toBe(shortPrompt);
    expect(calls).toHaveLength(2);
  });

  test('compresses the results of tools once, for what the user asked, and no image beside', async () => {
    const { client, bodies, calls } = open(way);
    const toCall = (id: string): Anthropic.MessageParam => ({
      role: 'assistant',
      content: [{ type: 'tool_use', id, name: 'get_time', input: {} }],
    });
    const source = { type: 'base64', media_type: 'image/png', data: 'AAAA' } as const;
    const image: Anthropic.ImageBlockParam = { type: 'image', source };
    const toResult = (id: string, text: string): Anthropic.MessageParam => ({
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: id, content: [toText(text), image] }],
    });
    const settings = { model: 'claude-test', max_tokens: 100, tools };
    const messages: Anthropic.MessageParam[] = [
      { role: 'user', content: question },
      toCall('a'),
      toResult('a', article),
    ];
    await client.messages.create({ ...settings, messages });
    messages.push(toCall('b'), toResult('b', `${article} more`));
    await client.messages.create({ ...settings, messages });

    expect(calls.map((it) => [it.text, it.question])).toEqual([
      [article, question],
      [`${article} more`, question],
    ]);
    const [first = '', second = ''] = await bodies();
    expect(toPrefix(second).startsWith(toPrefix(first))).toBe(true);
    const last: Anthropic.MessageCreateParams = JSON.parse(second);
    expect(last.messages[2]).toEqual(toResult('a', halve(article)));
    expect(last.messages[4]).toEqual(toResult('b', halve(`${article} more`)));
  });
});
