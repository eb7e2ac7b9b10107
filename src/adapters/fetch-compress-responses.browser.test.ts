import type OpenAI from 'openai';
import { expect, test } from 'vitest';
import { createCompressingWorld, prompt, question, shortPrompt } from './test-compressing-world.js';
import { article, createTestCompressor, halve } from './test-compressor.js';

type Input = OpenAI.Responses.ResponseInput;

const model = 'gpt-test';
const tools: OpenAI.Responses.Tool[] = [
  { type: 'function', name: 'get_time', description: prompt, parameters: {}, strict: false },
];

/** A body up to where its list of turns ends. */
const toPrefix = (body: string) => body.slice(0, body.lastIndexOf(']'));

test('a miss goes out shorter, whether the provider stores its answer or not', async () => {
  const { client, bodies, calls, optimizer } = createCompressingWorld();
  await client.responses.create({ model, input: prompt });
  await client.responses.create({
    model,
    store: false,
    input: [{ role: 'user', content: prompt }],
  });
  expect(await bodies()).toEqual([
    JSON.stringify({ model, input: shortPrompt }),
    JSON.stringify({ model, store: false, input: [{ role: 'user', content: shortPrompt }] }),
  ]);
  expect(calls).toMatchObject([{ text: article, question }]); // two spellings of one turn
  const events = optimizer.trace.filter(({ type }) => type === 'compress-request');
  expect(events).toMatchObject([{ originalTokens: 121, sentTokens: 61 }, { sentTokens: 61 }]);
});

test('a conversation of 20 turns begins with the same bytes at each request, plain and streamed', async () => {
  const { client, bodies, calls } = createCompressingWorld({
    script: async (text, options) => {
      if (text.includes('turn 7')) throw new Error('a defect');
      return createTestCompressor().compress(text, options);
    },
  });
  const input: Input = [];
  for (let turn = 0; turn < 20; turn += 1) {
    const text = `In turn ${turn} 🎉 "${article}"\n\nWhat of turn ${turn}?`;
    const content = turn % 3 === 0 ? [{ type: 'input_text' as const, text }] : text;
    input.push({ role: 'user', content });
    const settings = { model, instructions: prompt, tools, store: false, input };
    const { output } =
      turn % 2 === 0
        ? await client.responses.create(settings)
        : await client.responses.stream(settings).finalResponse();
    for (const item of output) {
      if (item.type === 'reasoning' || item.type === 'message') input.push(item);
    }
  }
  const sent = await bodies();
  expect(sent).toHaveLength(20);
  for (const [at, body] of sent.entries()) {
    expect(toPrefix(body).startsWith(toPrefix(sent[at - 1] ?? ']'))).toBe(true);
  }
  expect(calls).toHaveLength(20);
  const last: { input: { role?: string; content: unknown }[]; instructions: string } = JSON.parse(
    sent[19] ?? '',
  );
  expect(last.instructions).toBe(prompt);
  const users = last.input.filter(({ role }) => role === 'user');
  expect(users.map(({ content }) => content)).toEqual(
    Array.from({ length: 20 }, (_, turn) => {
      const context = `In turn ${turn} 🎉 "${article}"`;
      const text = `${turn === 7 ? context : halve(context)}\n\nWhat of turn ${turn}?`;
      return turn % 3 === 0 ? [{ type: 'input_text', text }] : text;
    }),
  );
});

test('the results of tools are compressed once, for what the user asked', async () => {
  const { client, bodies, calls } = createCompressingWorld();
  const toCall = (id: string) =>
    ({ type: 'function_call', call_id: id, name: 'get_time', arguments: '{}' }) as const;
  const toResult = (id: string, output: string) =>
    ({ type: 'function_call_output', call_id: id, output }) as const;
  const input: Input = [{ role: 'user', content: question }, toCall('a'), toResult('a', article)];
  await client.responses.create({ model, tools, input });
  input.push(toCall('b'), toResult('b', `${article} more`));
  await client.responses.create({ model, tools, input });

  expect(calls.map((it) => [it.text, it.question])).toEqual([
    [article, question],
    [`${article} more`, question],
  ]);
  const [first = '', second = ''] = await bodies();
  expect(toPrefix(second).startsWith(toPrefix(first))).toBe(true);
  expect(second).toContain(JSON.stringify(toResult('b', halve(`${article} more`))));
});
