import {
  APIError,
  APIUserAbortError,
  BadRequestError,
  InternalServerError,
  type OpenAI,
  RateLimitError,
} from 'openai';
import { describe, expect, test, vi } from 'vitest';
import { createWorld, toInit } from './test-world.js';

type Input = OpenAI.Responses.ResponseInput;

/** Settings of a call that asks one question, of an answer that the provider does not store. */
const ask = (input: string | Input, model = 'gpt-test') => ({ model, input, store: false });

async function readDeltas(
  stream: AsyncIterable<OpenAI.Responses.ResponseStreamEvent>,
): Promise<string[]> {
  const deltas: string[] = [];
  for await (const event of stream) {
    if (event.type === 'response.output_text.delta') deltas.push(event.delta);
  }
  return deltas;
}

describe('hit and miss', () => {
  test('a repeated question is answered without the server, with a fresh id and no usage', async () => {
    const { client, log, reported, types } = createWorld();
    const first = await client.responses.create(ask('What is skimp?'));
    await reported('cache-store');
    const second = await client.responses.create(ask('What is skimp?'));

    expect(first.output_text).toContain('What is skimp?');
    expect(second.output_text).toBe(first.output_text);
    expect(second).toMatchObject({
      id: 'resp_id1',
      created_at: 5000,
      status: 'completed',
      model: first.model,
      usage: { input_tokens: 0, output_tokens: 0, total_tokens: 0 },
    });
    expect(second._request_id).toBe('skimp-id1');
    expect(await log()).toHaveLength(1);
    expect(types()).toEqual(['cache-miss', 'cache-store', 'cache-hit']);
  });

  test('what is kept has its cost', async () => {
    const { client, optimizer, reported } = createWorld();
    const store = vi.spyOn(optimizer, 'store');
    const { output_text: text } = await client.responses.create(ask('What is skimp?'));
    await reported('cache-store');
    expect(store.mock.calls[0]?.[1]).toMatchObject({
      text,
      model: 'gpt-test-2026-01-01',
      usage: { promptTokens: 11, completionTokens: 7 },
    });
  });

  test('a streamed answer is replayed as a stream of the same events, but for the reasoning', async () => {
    const { client, log, reported } = createWorld();
    const settings = { ...ask('Tell me of the Rhône 🛶.'), stream: true } as const;
    const readTypes = async () => {
      const types: string[] = [];
      let text = '';
      for await (const event of await client.responses.create(settings)) {
        if (types.at(-1) !== event.type) types.push(event.type);
        if (event.type === 'response.output_text.delta') text += event.delta;
      }
      return { text, types };
    };
    const first = await readTypes();
    await reported('cache-store');
    const second = await readTypes();

    expect(second.text).toBe(first.text);
    const withoutReasoning = first.types.toSpliced(2, 2);
    expect(second.types).toEqual(withoutReasoning);
    expect(await log()).toHaveLength(1);
  });

  test('a plain answer is replayed as a stream, and the other way round', async () => {
    const { client, log, reported } = createWorld();
    const plain = await client.responses.create(ask('one'));
    const deltas = await readDeltas(await client.responses.create({ ...ask('two'), stream: true }));
    await reported('cache-store', 2);
    const stream = await client.responses.create({ ...ask('one'), stream: true });
    expect((await readDeltas(stream)).join('')).toBe(plain.output_text);
    expect((await client.responses.create(ask('two'))).output_text).toBe(deltas.join(''));
    expect(await log()).toHaveLength(2);
  });

  test('the stream helper reads misses and hits to a final response', async () => {
    const { client, log, reported } = createWorld();
    const first = await client.responses.stream(ask('helper')).finalResponse();
    await reported('cache-store');
    const second = await client.responses.stream(ask('helper')).finalResponse();
    expect(first.output_text).toContain('helper');
    expect(second.output_text).toBe(first.output_text);
    expect(second.usage?.total_tokens).toBe(0);
    expect(await log()).toHaveLength(1);
  });

  test('structured output is parsed from a hit, and is no answer to a call without it', async () => {
    const { client, log, reported } = createWorld();
    const schema = {
      type: 'object',
      properties: { answer: { type: 'string' } },
      required: ['answer'],
      additionalProperties: false,
    };
    const format = { type: 'json_schema', name: 'reply', schema, strict: true } as const;
    const settings = { ...ask('structured'), text: { format } };
    const first = await client.responses.parse(settings);
    await reported('cache-store');
    const second = await client.responses.parse(settings);
    expect(first.output_parsed).toEqual({ answer: expect.stringContaining('structured') });
    expect(second.output_parsed).toEqual(first.output_parsed);
    expect(await log()).toHaveLength(1);
    await client.responses.create(ask('structured'));
    expect(await log()).toHaveLength(2);
  });

  test('a conversation whose answers are handed back is answered, turn by turn', async () => {
    const { client, log, reported } = createWorld();
    const talk = async () => {
      const input: Input = [{ role: 'user', content: 'Who is Anselm?' }];
      const first = await client.responses.create(ask(input));
      await reported('cache-store');
      const said = first.output.filter((item) => item.type === 'message');
      input.push(...said, { role: 'user', content: 'How old is he?' });
      return (await client.responses.create(ask(input))).output_text;
    };
    const first = await talk();
    await reported('cache-store', 2);
    expect(await client.responses.create(ask('How old is he?'))).toBeTruthy();
    expect(await log()).toHaveLength(3);
    await reported('cache-store', 3);
    const input: Input = [
      { role: 'user', content: 'Who is Anselm?' },
      {
        role: 'assistant',
        content: (await client.responses.create(ask('Who is Anselm?'))).output_text,
      },
      { role: 'user', content: 'How old is he?' },
    ];
    expect((await client.responses.create(ask(input))).output_text).toBe(first);
    expect(await log()).toHaveLength(3);
  });
});

describe('what is passed on and not kept', () => {
  test.for([
    ['tool-call', 'the answer has function_call'],
    ['refusal', 'the answer has refusal'],
    ['length', 'status is "incomplete"'],
  ] as const)('%s, plain and streamed', async ([model, reason]) => {
    const { client, log, reported, skips } = createWorld();
    const plain = await client.responses.create(ask('x', model));
    const streamed = await client.responses.stream(ask('x', model)).finalResponse();
    await client.responses.create(ask('x', model));
    await reported('cache-skip', 3);
    expect(streamed.output.map(({ type }) => type)).toEqual(plain.output.map(({ type }) => type));
    expect(skips()).toEqual([reason, reason, reason]);
    expect(await log()).toHaveLength(3);
  });

  test.for([
    [400, BadRequestError],
    [429, RateLimitError],
    [500, InternalServerError],
  ] as const)("an error %s, as the SDK's own class", async ([status, errorClass]) => {
    const { client, skips, types } = createWorld();
    const call = client.responses.create(ask('x', `status-${status}`));
    await expect(call).rejects.toBeInstanceOf(errorClass);
    expect(skips()).toEqual([`status ${status}`]);
    expect(types()).not.toContain('fallback');
  });

  test('an error inside a stream, after the text before it', async () => {
    const { client, skips, reported } = createWorld();
    const stream = await client.responses.create({ ...ask('x', 'sse-error'), stream: true });
    const texts: string[] = [];
    const reading = (async () => {
      for await (const event of stream) {
        if (event.type === 'response.output_text.delta') texts.push(event.delta);
      }
    })();
    await expect(reading).rejects.toBeInstanceOf(APIError);
    expect(texts).toEqual(['so far ']);
    await reported('cache-skip');
    expect(skips()).toEqual(['the answer is an error']);
  });

  test('a stream that ends without its end', async () => {
    const { client, reported, skips } = createWorld();
    const stream = await client.responses.create({ ...ask('x', 'truncated'), stream: true });
    expect(await readDeltas(stream)).toEqual(['half an ans']);
    await reported('cache-skip');
    expect(skips()).toEqual(['the answer was cut off: it has no response.completed']);
  });

  const image = { type: 'input_image', image_url: 'data:,', detail: 'auto' } as const;
  const seen: Input = [{ role: 'user', content: [{ type: 'input_text', text: 'What?' }, image] }];
  test.for([
    ['an image', ask(seen), "the last turn is not the user's, or not plain text"],
    [
      'a call that names one',
      { ...ask('x'), previous_response_id: 'resp_upstream' },
      'the request has previous_response_id',
    ],
    ['a hosted tool', { ...ask('x'), tools: [{ type: 'web_search' }] }, 'hosted tools'],
  ] as [string, OpenAI.Responses.ResponseCreateParamsNonStreaming, string][])(
    '%s',
    async ([, settings, reason]) => {
      const { client, bodies, skips } = createWorld();
      await client.responses.create(settings);
      await client.responses.create(settings);
      expect(await bodies()).toEqual([JSON.stringify(settings), JSON.stringify(settings)]);
      expect(skips()).toEqual([reason, reason]);
    },
  );

  test('a request that says no-store', async () => {
    const { client, log, skips } = createWorld();
    const headers = { 'cache-control': 'no-store' };
    await client.responses.create(ask('secret'), { headers });
    await client.responses.create(ask('secret'), { headers });
    expect(await log()).toHaveLength(2);
    expect(skips()).toEqual(['no-store', 'no-store']);
  });
});

describe('abort', () => {
  test('before the head of the answer reaches the server and the app', async () => {
    const { client, log, received, skips } = createWorld();
    const controller = new AbortController();
    const { signal } = controller;
    const call = client.responses.create(ask('x', 'hold-head'), { signal });
    const outcome = call.catch((error: unknown) => error);
    await received(1);
    controller.abort();
    expect(await outcome).toBeInstanceOf(APIUserAbortError);
    await expect.poll(async () => (await log())[0]?.ended).toBe('disconnected');
    expect(skips()).toEqual(['the call was aborted']);
  });

  test('in mid-stream ends the stream, and nothing is kept', async () => {
    const { client, log, reported, types } = createWorld();
    const controller = new AbortController();
    const settings = { ...ask('x', 'hold-middle'), stream: true } as const;
    const stream = await client.responses.create(settings, { signal: controller.signal });
    for await (const event of stream) {
      if (event.type === 'response.output_text.delta') controller.abort();
    }
    await expect.poll(async () => (await log())[0]?.ended).toBe('disconnected');
    await reported('cache-skip');
    expect(types()).toEqual(['cache-miss', 'cache-skip']);
  });

  test('in the middle of a replay fails the body with its reason', async () => {
    const { baseURL, skimpFetch, reported } = createWorld();
    const url = `${baseURL}/responses`;
    const body = { ...ask('x'), stream: true };
    await (await skimpFetch(url, toInit(body))).text();
    await reported('cache-store');
    const controller = new AbortController();
    const { signal } = controller;
    const reader = (await skimpFetch(url, toInit(body, { signal }))).body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    controller.abort();
    await expect(reader?.read()).rejects.toBe(signal.reason);
  });

  test('a break disconnects from the server, and out of a replay leaves nothing behind', async () => {
    const { client, log, reported, types } = createWorld();
    const held = { ...ask('x', 'hold-middle'), stream: true } as const;
    for await (const _event of await client.responses.create(held)) break;
    await expect.poll(async () => (await log())[0]?.ended).toBe('disconnected');
    await reported('cache-skip');
    const settings = { ...ask('x'), stream: true } as const;
    await readDeltas(await client.responses.create(settings));
    await reported('cache-store');
    for await (const _event of await client.responses.create(settings)) break;
    expect(types()).toEqual(['cache-miss', 'cache-skip', 'cache-miss', 'cache-store', 'cache-hit']);
  });
});
