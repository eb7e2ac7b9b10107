import { APIError, BadRequestError, InternalServerError, RateLimitError } from 'openai';
import { describe, expect, test, vi } from 'vitest';
import { createSkimpFetch } from './fetch.js';
import { ask, createWorld, readDeltas, toInit } from './test-world.js';

describe('hit and miss', () => {
  test('a repeated question is answered without the server, with a fresh id and no usage', async () => {
    const { client, log, reported, types } = createWorld();
    const first = await client.chat.completions.create(ask('What is skimp?'));
    await reported('cache-store');
    const second = await client.chat.completions.create(ask('What is skimp?'));

    expect(second.choices[0]?.message.content).toBe(first.choices[0]?.message.content);
    expect(second.choices[0]?.finish_reason).toBe('stop');
    expect(second).toMatchObject({ id: 'chatcmpl-id1', created: 5000, model: first.model });
    expect(second.usage).toEqual({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 });
    expect(second._request_id).toBe('skimp-id1');
    expect(await log()).toHaveLength(1);
    expect(types()).toEqual(['cache-miss', 'cache-store', 'cache-hit']);
  });

  test('what is kept has its cost, and its time from sending to the last byte', async () => {
    let time = 0;
    const { client, optimizer, reported } = createWorld({ now: () => (time += 250) });
    const store = vi.spyOn(optimizer, 'store');
    const { choices } = await client.chat.completions.create(ask('What is skimp?'));
    await reported('cache-store');
    const endpoint = new URL(`${client.baseURL}/chat/completions`);
    expect(store.mock.calls).toEqual([
      [
        {
          query: 'What is skimp?',
          model: 'gpt-test',
          context: [],
          params: { endpoint: endpoint.host + endpoint.pathname, settings: {}, turn: {} },
        },
        {
          text: choices[0]?.message.content,
          model: 'gpt-test-2026-01-01',
          usage: { promptTokens: 11, completionTokens: 7 },
          latencyMs: 250, // the clock ticks at each look
        },
      ],
    ]);
  });

  test('an answer that names no model is kept under the one asked for', async () => {
    const { url, optimizer, reported } = createWorld();
    const store = vi.spyOn(optimizer, 'store');
    const choices = [{ message: { content: 'Hi.' }, finish_reason: 'stop' }];
    const skimpFetch = createSkimpFetch(optimizer, async () => Response.json({ choices }));
    await (await skimpFetch(url, toInit(ask('Hello?')))).json();
    await reported('cache-store');
    expect(store.mock.calls[0]?.[1]).toMatchObject({ text: 'Hi.', model: 'gpt-test' });
  });

  test('a hit says so in its headers, and where it came from', async () => {
    let time = 0;
    const { url, skimpFetch, reported } = createWorld({ now: () => time });
    await (await skimpFetch(url, toInit(ask('Why?')))).json();
    await reported('cache-store');
    time = 90_500;
    const hit = await skimpFetch(url, toInit(ask('Why?')));

    expect(hit.url).toBe(url);
    expect(Object.fromEntries(hit.headers)).toEqual({
      'content-type': 'application/json',
      'x-request-id': 'skimp-id1',
      'x-skimp': 'hit',
      'x-skimp-age': '90',
      'x-skimp-key': expect.stringContaining('Why'),
      'x-skimp-similarity': '1.0000',
      'x-skimp-tier': 'exact',
    });
  });

  test('a question of another wording is answered when the optimizer says so', async () => {
    const { client, log, reported } = createWorld({ match: (_query, [stored]) => stored });
    const first = await client.chat.completions.create(ask('How do I reset it?'));
    await reported('cache-store');
    const { data, response } = await client.chat.completions
      .create(ask('How can it be reset?'))
      .withResponse();

    expect(data.choices).toEqual(first.choices);
    expect(response.headers.get('x-skimp-tier')).toBe('semantic');
    expect(await log()).toHaveLength(1);
  });

  test('a follow-up question never crosses conversations', async () => {
    const { client, log, reported } = createWorld();
    const askAbout = (person: string) =>
      client.chat.completions.create({
        model: 'gpt-test',
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
});

describe('streams', () => {
  test('a streamed answer is replayed as a stream', async () => {
    const { client, log, reported } = createWorld();
    const settings = { ...ask('Tell me of the Rhône 🛶.'), stream: true } as const;
    const first = await readDeltas(await client.chat.completions.create(settings));
    await reported('cache-store');
    const second = await readDeltas(await client.chat.completions.create(settings));

    expect(second.join('')).toBe(first.join(''));
    expect(second.length).toBeGreaterThan(2);
    expect(await log()).toHaveLength(1);
  });

  test('a plain answer is replayed as a stream, and the other way round', async () => {
    const { client, log, reported } = createWorld();
    const plain = await client.chat.completions.create(ask('one'));
    const deltas = await readDeltas(
      await client.chat.completions.create({ ...ask('two'), stream: true }),
    );
    await reported('cache-store', 2);
    const replayed = await readDeltas(
      await client.chat.completions.create({ ...ask('one'), stream: true }),
    );
    const { choices } = await client.chat.completions.create(ask('two'));

    expect(replayed.join('')).toBe(plain.choices[0]?.message.content);
    expect(choices[0]?.message.content).toBe(deltas.join(''));
    expect(await log()).toHaveLength(2);
  });

  test('the stream helper reads misses and hits to a final completion', async () => {
    const { client, log, reported } = createWorld();
    const first = await client.chat.completions.stream(ask('helper')).finalChatCompletion();
    await reported('cache-store');
    const second = await client.chat.completions.stream(ask('helper')).finalChatCompletion();

    expect(second.choices[0]?.message.content).toBe(first.choices[0]?.message.content);
    expect(second.choices[0]?.finish_reason).toBe('stop');
    expect(await log()).toHaveLength(1);
  });

  test.for([true, false])('a usage chunk comes last when asked for: %s', async (isWanted) => {
    const { client, reported } = createWorld();
    const settings = {
      ...ask('How many?'),
      stream: true,
      stream_options: { include_usage: isWanted },
    } as const;
    const readUsages = async () => {
      const usages: unknown[] = [];
      for await (const { usage } of await client.chat.completions.create(settings)) {
        usages.push(usage);
      }
      return usages;
    };
    const first = await readUsages();
    await reported('cache-store');
    const second = await readUsages();

    const spent = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
    const nothing = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
    expect(first.at(-1)).toEqual(isWanted ? spent : undefined);
    expect(second.at(-1)).toEqual(isWanted ? nothing : undefined);
    expect(new Set(second.slice(0, -1))).toEqual(new Set([isWanted ? null : undefined]));
  });
});

describe('answers that are passed on and not kept', () => {
  test.for([
    ['tool-call', 'the answer has tool_calls'],
    ['length', 'finish_reason is "length"'],
  ] as const)('%s, plain and streamed', async ([model, reason]) => {
    const { client, log, reported, skips } = createWorld();
    const plain = await client.chat.completions.create(ask('x', model));
    const streamed = await client.chat.completions.stream(ask('x', model)).finalChatCompletion();
    await client.chat.completions.create(ask('x', model));
    await reported('cache-skip', 3);

    expect(streamed.choices[0]?.message.tool_calls?.length).toBe(
      plain.choices[0]?.message.tool_calls?.length,
    );
    expect(skips()).toEqual([reason, reason, reason]);
    expect(await log()).toHaveLength(3);
  });

  test.for([
    [400, BadRequestError],
    [429, RateLimitError],
    [500, InternalServerError],
  ] as const)(
    "an error %s reaches the app as the SDK's own class",
    async ([status, errorClass]) => {
      const { client, skips, types } = createWorld();
      const call = client.chat.completions.create(ask('x', `status-${status}`));
      const error: unknown = await call.catch((reason: unknown) => reason);

      expect(error).toBeInstanceOf(errorClass);
      expect(error).toMatchObject({ status, message: expect.stringContaining('told to send') });
      expect(skips()).toEqual([`status ${status}`]);
      expect(types()).not.toContain('fallback');
    },
  );

  test("the SDK's retries go out one by one", async () => {
    const { createClient, log } = createWorld();
    const call = createClient(2).chat.completions.create(ask('x', 'status-429'));
    await expect(call).rejects.toBeInstanceOf(RateLimitError);
    expect(await log()).toHaveLength(3);
  });

  test('an error inside a stream reaches the app after the text before it', async () => {
    const { client, skips } = createWorld();
    const stream = await client.chat.completions.create({ ...ask('x', 'sse-error'), stream: true });
    const texts: unknown[] = [];
    const reading = (async () => {
      for await (const chunk of stream) texts.push(chunk.choices[0]?.delta.content);
    })();
    await expect(reading).rejects.toBeInstanceOf(APIError);
    expect(texts).toEqual(['so far ']);
    expect(skips()).toEqual(['the answer is an error']);
  });

  test.for([
    ['not-json', 'neither JSON, events nor text', '<h1>Bad gateway</h1>'],
    ['broken-json', 'the answer is not JSON', '{"id":"chatcmpl-1","choices":['],
  ] as const)('a body that is %s', async ([model, reason, text]) => {
    const { url, skimpFetch, reported, skips } = createWorld();
    const response = await skimpFetch(url, toInit(ask('x', model)));
    expect(await response.text()).toBe(text);
    await reported('cache-skip');
    expect(skips()).toEqual([reason]);
  });

  test('a stream that ends without its finish_reason', async () => {
    const { client, reported, skips } = createWorld();
    const stream = await client.chat.completions.create({ ...ask('x', 'truncated'), stream: true });
    expect(await readDeltas(stream)).toEqual(['half an ans']);
    await reported('cache-skip');
    expect(skips()).toEqual(['the answer was cut off: it has no finish_reason']);
  });

  test('a stream whose connection is lost fails as without skimp', async () => {
    const { url, skimpFetch, release, reported, skips } = createWorld();
    const init = toInit({ ...ask('x', 'socket-lost'), stream: true });
    const response = await skimpFetch(url, init);
    await release();
    await expect(response.text()).rejects.toBeInstanceOf(TypeError);
    await reported('cache-skip');
    expect(skips()).toEqual(['the answer was aborted or broke off']);
  });

  test('an answer of more than 4 MiB', async () => {
    const { client, skips } = createWorld();
    const { choices } = await client.chat.completions.create(ask('x', 'huge'));
    expect(choices[0]?.message.content).toHaveLength(5_000_000);
    expect(skips()).toEqual(['the answer is too long']);
  });
});
