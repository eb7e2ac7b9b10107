import type OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { createAnthropic, ways } from './test-anthropic.js';
import {
  createCompressingWorld,
  type Message,
  prompt,
  question,
  shortPrompt,
  user,
} from './test-compressing-world.js';
import { article, halve } from './test-compressor.js';
import { ask, createWorld, toInit } from './test-world.js';
import { uncompressed } from './uncompressed.js';

const model = 'gpt-test';
const said: Message = { role: 'assistant', content: 'Words.' };

describe('a marked message is sent as written, without its mark', () => {
  test('in a chat, and stays so as history, marked or not', async () => {
    const { client, bodies, calls } = createCompressingWorld();
    const messages = [uncompressed(user(prompt))];
    await client.chat.completions.create({ model, messages });
    messages.push(said, user(`${article} more\n\n${question}`));
    await client.chat.completions.create({ model, messages });
    const later = `${halve(`${article} more`)}\n\n${question}`;
    const repeated = [user(prompt), said, messages[2] ?? said, said, user('Bye?')];
    await client.chat.completions.create({ model, messages: repeated });
    expect(await bodies()).toEqual(
      [
        [user(prompt)],
        [user(prompt), said, user(later)],
        [user(prompt), said, user(later), said, user('Bye?')],
      ].map((sent) => JSON.stringify({ model, messages: sent })),
    );
    expect(calls).toHaveLength(1);
  });

  test('though it was sent shorter before, and from then on', async () => {
    const { client, contents } = createCompressingWorld();
    await client.chat.completions.create({ model, messages: [user(prompt)] });
    expect(await contents()).toEqual([shortPrompt]);
    const headers = { 'cache-control': 'no-cache' };
    const messages = [uncompressed(user(prompt))];
    await client.chat.completions.create({ model, messages }, { headers });
    expect(await contents()).toEqual([prompt]);
    await client.chat.completions.create({ model, messages: [user(prompt), said, user('Bye?')] });
    expect(await contents()).toEqual([prompt, 'Words.', 'Bye?']);
  });

  test('in a response: a message of the user, or what a tool gave back', async () => {
    const { client, bodies, calls } = createCompressingWorld();
    const call = { type: 'function_call', call_id: 'a', name: 'f', arguments: '{}' } as const;
    const toInput = (mark: <Item extends object>(item: Item) => Item) => [
      mark<OpenAI.Responses.ResponseInputItem>({ role: 'user', content: prompt }),
      call,
      mark({ type: 'function_call_output' as const, call_id: 'a', output: article }),
    ];
    await client.responses.create({ model, input: toInput(uncompressed) });
    expect(await bodies()).toEqual([JSON.stringify({ model, input: toInput((item) => item) })]);
    expect(calls).toEqual([]);
  });

  test.for(ways)("in a message of Anthropic's, with skimp as the SDK's %s", async (way) => {
    const world = createCompressingWorld();
    const client = createAnthropic(world, way, { compress: { minTokens: 10, storage: null } });
    const message = { role: 'user' as const, content: prompt };
    const settings = { model, max_tokens: 100, messages: [message] };
    await client.messages.create({ ...settings, messages: [uncompressed(message)] });
    expect(await world.bodies()).toEqual([JSON.stringify(settings)]);
  });

  test('whatever kind the body is of', async () => {
    const { url, skimpFetch, bodies } = createCompressingWorld();
    const marked = JSON.stringify({ model, messages: [uncompressed(user(prompt))] });
    await skimpFetch(url, { method: 'POST', body: new TextEncoder().encode(marked) });
    await skimpFetch(url, { method: 'POST', body: new Blob([marked]), cache: 'no-store' });
    await skimpFetch(new Request(url, { method: 'POST', body: marked, cache: 'reload' }));
    expect(new Set(await bodies())).toEqual(new Set([JSON.stringify(ask(prompt, model))]));
  });
});

describe('the mark', () => {
  test('is no part of what the cache compares', async () => {
    const { client, log, reported } = createWorld();
    await client.chat.completions.create({ model, messages: [user('Why?'), said, user('So?')] });
    await reported('cache-store');
    const messages = [uncompressed(user('Why?')), said, uncompressed(user('So?'))];
    await client.chat.completions.create({ model, messages });
    expect(await log()).toHaveLength(1);
  });

  test('does not leave the page when nothing is compressed, looked up or working', async () => {
    const sent = JSON.stringify(ask('x', model));
    const marked = { model, messages: [uncompressed(user('x'))] };
    const plain = createWorld();
    await plain.client.chat.completions.create(marked, {
      headers: { 'cache-control': 'no-store' },
    });
    expect(await plain.bodies()).toEqual([sent]);
    const broken = createCompressingWorld({
      script: () => Promise.reject(new Error('a defect')),
    });
    broken.optimizer.close();
    const long = { model, messages: [user(prompt), said, ...marked.messages] };
    await broken.client.chat.completions.create(long);
    expect(await broken.bodies()).toEqual([
      JSON.stringify({ model, messages: [user(prompt), said, user('x')] }),
    ]);
  });

  test('is only cut where it is one: a call without it goes out as it came', async () => {
    const { url, skimpFetch, bodies } = createWorld();
    const content = 'Is "compress":false JSON?';
    const body = JSON.stringify({ ...ask(content), metadata: { compress: false } });
    await skimpFetch(url, toInit({}, { body }));
    expect(await bodies()).toEqual([body]);
  });
});
