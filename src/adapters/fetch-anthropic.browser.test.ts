import {
  type Anthropic,
  APIError,
  APIUserAbortError,
  BadRequestError,
  InternalServerError,
  RateLimitError,
} from '@anthropic-ai/sdk';
import { describe, expect, test, vi } from 'vitest';
import { askClaude, createAnthropic, textOf, ways } from './test-anthropic.js';
import { createWorld } from './test-world.js';

function open(way: (typeof ways)[number]) {
  const world = createWorld();
  return { ...world, client: createAnthropic(world, way) };
}

const webSearch = { type: 'web_search_20250305', name: 'web_search' } as const;

async function readDeltas(stream: AsyncIterable<Anthropic.RawMessageStreamEvent>) {
  const deltas: string[] = [];
  for await (const event of stream) {
    if (event.type !== 'content_block_delta') continue;
    if (event.delta.type === 'text_delta') deltas.push(event.delta.text);
  }
  return deltas;
}

describe.for(ways)("Anthropic's SDK with skimp as its %s", (way) => {
  test('a repeated question is answered without the server, with a fresh id and no usage', async () => {
    const { client, log, optimizer, reported, types } = open(way);
    const store = vi.spyOn(optimizer, 'store');
    const first = await client.messages.create(askClaude('What is skimp?'));
    await reported('cache-store');
    const second = await client.messages.create(askClaude('What is skimp?'));

    expect(textOf(first)).toContain('What is skimp?');
    expect(textOf(second)).toBe(textOf(first));
    expect(second).toMatchObject({ id: 'msg_id1', model: first.model, stop_reason: 'end_turn' });
    expect(second.usage).toMatchObject({ input_tokens: 0, output_tokens: 0 });
    expect(second._request_id).toBe('skimp-id1');
    expect(await log()).toHaveLength(1);
    expect(types()).toEqual(['cache-miss', 'cache-store', 'cache-hit']);
    expect(store.mock.calls[0]?.[1]).toMatchObject({
      text: textOf(first),
      model: 'claude-test-2026-01-01',
      usage: { promptTokens: 11, completionTokens: 7 },
    });
  });

  test('a streamed answer is replayed as a stream, and plain, and the other way round', async () => {
    const { client, log, reported } = open(way);
    const settings = askClaude('Tell me of the Rhône 🛶.');
    const first = await readDeltas(await client.messages.create({ ...settings, stream: true }));
    const other = await client.messages.create(askClaude('one'));
    await reported('cache-store', 2);
    const second = await readDeltas(await client.messages.create({ ...settings, stream: true }));
    expect(second.join('')).toBe(first.join(''));
    expect(second.length).toBeGreaterThan(2);
    expect(textOf(await client.messages.create(settings))).toBe(first.join(''));
    const third = await client.messages.create({ ...askClaude('one'), stream: true });
    expect((await readDeltas(third)).join('')).toBe(textOf(other));
    expect(await log()).toHaveLength(2);
  });

  test('the stream helper reads misses and hits to a final message, as does the beta', async () => {
    const { client, log, reported } = open(way);
    const first = await client.messages.stream(askClaude('helper')).finalMessage();
    await reported('cache-store');
    const second = await client.messages.stream(askClaude('helper')).finalMessage();
    expect(textOf(second)).toBe(textOf(first));
    expect(second.stop_reason).toBe('end_turn');
    expect(await log()).toHaveLength(1);
    const third = await client.beta.messages.stream(askClaude('helper')).finalText();
    expect(third).toBe(textOf(first));
    expect(await log()).toHaveLength(1);
  });

  test('structured output is parsed from a hit, and is no answer to a call without it', async () => {
    const { client, log, reported } = open(way);
    const schema = { type: 'object', properties: { answer: { type: 'string' } } };
    const format = {
      type: 'json_schema' as const,
      schema,
      parse: (text: string): unknown => JSON.parse(text),
    };
    const settings = { ...askClaude('structured'), output_config: { format } };
    const first = await client.messages.parse(settings);
    await reported('cache-store');
    const second = await client.messages.parse(settings);
    expect(first.parsed_output).toEqual({ answer: expect.stringContaining('structured') });
    expect(second.parsed_output).toEqual(first.parsed_output);
    expect(await log()).toHaveLength(1);
    await client.messages.create(askClaude('structured'));
    expect(await log()).toHaveLength(2);
  });

  test('a follow-up is answered in its conversation, wherever the mark of the prefix cache stands', async () => {
    const { client, log, reported } = open(way);
    const ask = async (name: string, isMarked: boolean) => {
      const mark = isMarked ? { cache_control: { type: 'ephemeral' as const } } : {};
      const messages: Anthropic.MessageParam[] = [
        { role: 'user', content: `Who is ${name}?` },
        { role: 'assistant', content: 'A painter.' },
        { role: 'user', content: [{ type: 'text', text: 'How old is he?', ...mark }] },
      ];
      return textOf(await client.messages.create({ ...askClaude(''), messages }));
    };
    await ask('Anselm', false);
    await ask('Gerhard', false);
    await reported('cache-store', 2);
    await ask('Anselm', true);
    expect(await log()).toHaveLength(2);
  });

  test.for([
    ['tool-call', 'the answer has tool_use'],
    ['thinking', 'the answer has thinking'],
    ['length', 'stop_reason is "max_tokens"'],
    ['refusal', 'stop_reason is "refusal"'],
  ] as const)('%s is passed on and not kept, plain and streamed', async ([model, reason]) => {
    const { client, log, reported, skips } = open(way);
    const plain = await client.messages.create(askClaude('x', model));
    const streamed = await client.messages.stream(askClaude('x', model)).finalMessage();
    await client.messages.create(askClaude('x', model));
    await reported('cache-skip', 3);
    const toTypes = ({ content }: Anthropic.Message) => content.map(({ type }) => type);
    expect(toTypes(streamed)).toEqual(toTypes(plain));
    expect(streamed.stop_reason).toBe(plain.stop_reason);
    expect(skips()).toEqual([reason, reason, reason]);
    expect(await log()).toHaveLength(3);
  });

  test.for([
    [400, BadRequestError],
    [429, RateLimitError],
    [500, InternalServerError],
  ] as const)("an error %s reaches the app as the SDK's own", async ([status, errorClass]) => {
    const { client, skips, types } = open(way);
    const call = client.messages.create(askClaude('x', `status-${status}`));
    await expect(call).rejects.toBeInstanceOf(errorClass);
    expect(skips()).toEqual([`status ${status}`]);
    expect(types()).not.toContain('fallback');
  });

  test("the SDK's retries go out one by one", async () => {
    const world = createWorld();
    const client = createAnthropic(world, way, { maxRetries: 2 });
    const call = client.messages.create(askClaude('x', 'status-429'));
    await expect(call).rejects.toBeInstanceOf(RateLimitError);
    expect(await world.log()).toHaveLength(3);
  });

  test('an error inside a stream reaches the app after the text before it', async () => {
    const { client, skips } = open(way);
    const settings = { ...askClaude('x', 'sse-error'), stream: true } as const;
    const texts: string[] = [];
    const reading = (async () => {
      for await (const event of await client.messages.create(settings)) {
        if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
          texts.push(event.delta.text);
        }
      }
    })();
    await expect(reading).rejects.toBeInstanceOf(APIError);
    expect(texts).toEqual(['so far ']);
    expect(skips()).toEqual(['the answer is an error']);
  });

  test('a stream that ends without its end is passed on and not kept', async () => {
    const { client, reported, skips } = open(way);
    const settings = { ...askClaude('x', 'truncated'), stream: true } as const;
    expect(await readDeltas(await client.messages.create(settings))).toEqual(['half an ans']);
    await reported('cache-skip');
    expect(skips()).toEqual(['the answer was cut off']);
  });

  const source = { type: 'base64', media_type: 'image/png', data: 'AAAA' } as const;
  const image: Anthropic.ImageBlockParam = { type: 'image', source };
  const result: Anthropic.ToolResultBlockParam = { type: 'tool_result', tool_use_id: 't' };
  const notText = "the last turn is not the user's, or not plain text";
  test.for([
    ['an image', askClaude([image, { type: 'text', text: 'What is this?' }]), notText],
    ['the result of a tool', askClaude([result]), notText],
    ['a hosted tool', { ...askClaude('x'), tools: [webSearch] }, 'hosted tools'],
  ] as [string, Anthropic.MessageCreateParamsNonStreaming, string][])(
    '%s goes through as the app wrote it',
    async ([, settings, reason]) => {
      const { client, bodies, skips } = open(way);
      await client.messages.create(settings);
      await client.messages.create(settings);
      expect(await bodies()).toEqual([JSON.stringify(settings), JSON.stringify(settings)]);
      expect(skips()).toEqual([reason, reason]);
    },
  );

  test('a request that says no-store, as a header or as an option of fetch, is none for the cache', async () => {
    const { client, log, skips } = open(way);
    const headers = { 'cache-control': 'no-store' };
    await client.messages.create(askClaude('secret'), { headers });
    await client.messages.create(askClaude('secret'), { fetchOptions: { cache: 'no-store' } });
    expect(await log()).toHaveLength(2);
    expect(skips()).toEqual(['no-store', 'no-store']);
  });

  test('what goes out is the request of the SDK, byte for byte', async () => {
    const world = createWorld();
    const settings = { ...askClaude('Ünïcödé 🎉\n\t"quoted"'), temperature: 0.3 };
    await createAnthropic(world, way).messages.create(settings);
    const direct = createAnthropic(world, way).withOptions({ middleware: [], fetch });
    await direct.messages.create(settings);
    const ofConnection = new Set(['connection', 'referer', 'cookie']);
    const [through, plain] = (await world.log()).map(({ headers, bodyHex, url }) => ({
      headers: headers.filter(([name]) => !ofConnection.has(name)),
      bodyHex,
      url,
    }));
    expect(through).toEqual(plain);
    expect(through?.bodyHex).not.toBe('');
  });

  test('an abort before the head of the answer reaches the server and the app', async () => {
    const { client, log, received, skips } = open(way);
    const controller = new AbortController();
    const { signal } = controller;
    const call = client.messages.create(askClaude('x', 'hold-head'), { signal });
    const outcome = call.catch((error: unknown) => error);
    await received(1);
    controller.abort();
    expect(await outcome).toBeInstanceOf(APIUserAbortError);
    await expect.poll(async () => (await log())[0]?.ended).toBe('disconnected');
    expect(skips()).toEqual(['the call was aborted']);
  });

  test('an abort in mid-stream ends the stream, and nothing is kept', async () => {
    const { client, log, reported, types } = open(way);
    const controller = new AbortController();
    const settings = { ...askClaude('x', 'hold-middle'), stream: true } as const;
    const stream = await client.messages.create(settings, { signal: controller.signal });
    for await (const { type } of stream) if (type === 'content_block_delta') controller.abort();
    await expect.poll(async () => (await log())[0]?.ended).toBe('disconnected');
    await reported('cache-skip');
    expect(types()).toEqual(['cache-miss', 'cache-skip']);
  });

  test('a break disconnects from the server, and out of a replay leaves nothing behind', async () => {
    const { client, log, reported, types } = open(way);
    const held = { ...askClaude('x', 'hold-middle'), stream: true } as const;
    for await (const _event of await client.messages.create(held)) break;
    await expect.poll(async () => (await log())[0]?.ended).toBe('disconnected');
    await reported('cache-skip');
    const settings = { ...askClaude('x'), stream: true } as const;
    await readDeltas(await client.messages.create(settings));
    await reported('cache-store');
    for await (const _event of await client.messages.create(settings)) break;
    expect(types()).toEqual(['cache-miss', 'cache-skip', 'cache-miss', 'cache-store', 'cache-hit']);
  });
});
