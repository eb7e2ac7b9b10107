import {
  callCompletionApi,
  DefaultChatTransport,
  TextStreamChatTransport,
  type UIMessage,
} from 'ai';
import { describe, expect, test, vi } from 'vitest';
import { TestChat } from './test-chat.js';
import { createCompressingWorld, prompt, shortPrompt } from './test-compressing-world.js';
import { createWorld, toInit } from './test-world.js';

type World = ReturnType<typeof createWorld>;

/** A chat of an app whose route holds the key, as `useChat` would have it. */
function openChat({ baseURL, skimpFetch }: World, body: object = {}) {
  const transport = new DefaultChatTransport({
    api: `${baseURL}/api/chat`,
    fetch: skimpFetch,
    body,
  });
  return new TestChat({ transport });
}

const last = (chat: TestChat) => chat.texts.at(-1);

describe('useChat', () => {
  test('has a repeated question answered without the server, in another chat', async () => {
    const world = createWorld();
    const first = openChat(world);
    await first.sendMessage({ text: 'What is skimp?' });
    await world.reported('cache-store');
    const onFinish = vi.fn<(options: { finishReason?: string }) => void>();
    const second = openChat(world);
    Object.assign(second, { onFinish });
    await second.sendMessage({ text: 'What is skimp?' });

    expect(second.texts).toEqual(first.texts);
    expect(second.status).toBe('ready');
    expect(second.messages[1]?.id).not.toBe(first.messages[1]?.id);
    expect(onFinish).toHaveBeenCalledWith(
      expect.objectContaining({ finishReason: 'stop', isError: false }),
    );
    expect(await world.log()).toHaveLength(1);
    expect(world.types()).toEqual(['cache-miss', 'cache-store', 'cache-hit']);
  });

  test('has its answers kept with the model and the cost that the route told', async () => {
    const world = createWorld();
    const store = vi.spyOn(world.optimizer, 'store');
    await openChat(world, { model: 'fast' }).sendMessage({ text: 'What is skimp?' });
    await world.reported('cache-store');
    expect(store.mock.calls[0]).toMatchObject([
      { query: 'What is skimp?', model: 'fast', context: [] },
      { model: 'fast-2026-01-01', usage: { promptTokens: 11, completionTokens: 7 } },
    ]);
  });

  test('asks another model the same question', async () => {
    const world = createWorld();
    await openChat(world, { model: 'fast' }).sendMessage({ text: 'Who are you?' });
    await world.reported('cache-store');
    await openChat(world, { model: 'slow' }).sendMessage({ text: 'Who are you?' });
    expect(await world.log()).toHaveLength(2);
  });

  test('regenerates an answer at the server, and then has the new one', async () => {
    const world = createWorld();
    const chat = openChat(world);
    await chat.sendMessage({ text: 'Tell me a joke.' });
    await world.reported('cache-store');
    await chat.regenerate();
    await world.reported('cache-store', 2);
    await openChat(world).sendMessage({ text: 'Tell me a joke.' });

    expect(chat.texts).toHaveLength(2);
    expect(await world.log()).toHaveLength(2);
    expect(world.types().at(-1)).toBe('cache-hit');
  });

  test('goes on with a conversation after answers of the model and of the cache alike', async () => {
    const world = createWorld();
    const talk = async () => {
      const chat = openChat(world);
      await chat.sendMessage({ text: 'Who was Anselm?' });
      await chat.sendMessage({ text: 'How old was he?' });
      return chat.texts;
    };
    const first = await talk();
    await world.reported('cache-store', 2);
    expect(await talk()).toEqual(first);
    expect(await world.log()).toHaveLength(2);

    const other = openChat(world);
    await other.sendMessage({ text: 'Who was Gerhard?' });
    await other.sendMessage({ text: 'How old was he?' });
    expect(await world.log()).toHaveLength(4);
  });

  test('shows reasoning that was thought, and keeps the answer alone', async () => {
    const world = createWorld();
    const first = openChat(world, { model: 'reasoning' });
    await first.sendMessage({ text: 'Why?' });
    await world.reported('cache-store');
    const second = openChat(world, { model: 'reasoning' });
    await second.sendMessage({ text: 'Why?' });
    const typesOf = (chat: TestChat) => chat.messages[1]?.parts.map(({ type }) => type);
    expect(typesOf(first)).toEqual(['step-start', 'reasoning', 'text']);
    expect(typesOf(second)).toEqual(['step-start', 'text']);
    expect(second.texts).toEqual(first.texts);
  });

  test('with an image is left alone', async () => {
    const world = createWorld();
    const files = [
      { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,' } as const,
    ];
    for (let times = 0; times < 2; times += 1) {
      await openChat(world).sendMessage({ text: 'What is it?', files });
    }
    expect(await world.log()).toHaveLength(2);
    expect(world.skips()).toEqual(
      Array(2).fill("the last turn is not the user's, or not plain text"),
    );
  });

  test.for([
    ['tool-call', 'the answer has tool-input-start'],
    ['length', 'finishReason is "length"'],
    ['error-part', 'the answer has error'],
    ['truncated', 'the answer was cut off: it has no finish'],
    ['status-400', 'status 400'],
    ['status-429', 'status 429'],
    ['status-500', 'status 500'],
    ['plain-text', 'the answer is plain text: the format of this endpoint is text'],
  ] as const)('has an answer "%s" as the server gave it, each time', async ([model, reason]) => {
    const world = createWorld();
    const talk = async () => {
      const chat = openChat(world, { model });
      await chat.sendMessage({ text: 'x' });
      return [chat.texts, chat.error?.message, chat.messages[1]?.parts.map(({ type }) => type)];
    };
    const plain = new TestChat({
      transport: new DefaultChatTransport({ api: `${world.baseURL}/api/chat`, body: { model } }),
    });
    await plain.sendMessage({ text: 'x' });
    const first = await talk();
    await world.reported('cache-skip');
    const second = await talk();
    await world.reported('cache-skip', 2);

    expect(first).toEqual(second);
    expect(first[1]).toEqual(plain.error?.message);
    expect(world.skips()).toEqual([reason, reason]);
    expect(world.types()).not.toContain('fallback');
    expect(await world.log()).toHaveLength(3);
  });

  test.for([
    ['hold-head', undefined],
    ['hold-middle', 'first '],
  ] as const)('stops at "%s", and nothing is kept', async ([model, text]) => {
    const world = createWorld();
    const chat = openChat(world, { model });
    const sent = chat.sendMessage({ text: 'x' });
    await world.received(1);
    await expect.poll(() => chat.texts[1]).toBe(text);
    await chat.stop();
    await sent;
    await expect.poll(async () => (await world.log())[0]?.ended).toBe('disconnected');
    await world.reported('cache-skip');
    expect(world.types()).toEqual(['cache-miss', 'cache-skip']);
    expect(chat.status).toBe('ready');
  });

  test("resumes nothing of the cache: a stream to reconnect to is the server's", async () => {
    const world = createWorld();
    const transport = new DefaultChatTransport<UIMessage>({
      api: `${world.baseURL}/api/chat`,
      fetch: world.skimpFetch,
    });
    await transport.reconnectToStream({ chatId: 'c' }).catch(() => undefined);
    expect((await world.log()).map(({ method, url }) => [method, url.slice(-14)])).toEqual([
      ['GET', '/chat/c/stream'],
    ]);
    expect(world.types()).toEqual([]);
  });

  test('sends its messages shorter, and again with the same bytes', async () => {
    const world = createCompressingWorld();
    const chat = openChat(world);
    await chat.sendMessage({ text: prompt });
    await world.reported('cache-store');
    await chat.sendMessage({ text: 'And why?' });
    const bodies: { messages: UIMessage[] }[] = (await world.bodies()).map((it) => JSON.parse(it));
    const [first, second] = bodies.map(({ messages }) => messages[0]);
    expect(first?.parts).toEqual([{ type: 'text', text: shortPrompt }]);
    expect(second).toEqual(first);
    expect(chat.texts[0]).toBe(prompt);
  });
});

describe('an answer of plain text', () => {
  test('is kept and told again, where the app names its endpoint', async () => {
    const world = createWorld();
    const talk = async () => {
      const transport = new TextStreamChatTransport({
        api: `${world.baseURL}/api/text`,
        fetch: world.skimpFetch,
      });
      const chat = new TestChat({ transport });
      await chat.sendMessage({ text: 'Grüß Gott?' });
      return last(chat);
    };
    const first = await talk();
    await world.reported('cache-store');
    expect(await talk()).toBe(first);
    expect(await world.log()).toHaveLength(1);
  });

  test('that is refused, lost or left is not kept', async () => {
    const world = createWorld();
    const url = `${world.baseURL}/api/text`;
    const call = (model: string, init: RequestInit = {}) =>
      world.skimpFetch(url, toInit({ prompt: 'x', model }, init));
    await (await call('status-500')).text();
    const lost = await call('socket-lost');
    const held = await call('hold-middle');
    await held.body?.cancel();
    await world.release();
    await expect(lost.text()).rejects.toBeInstanceOf(TypeError);
    await world.reported('cache-skip', 3);
    expect(world.skips().toSorted()).toEqual([
      'status 500',
      'the answer was aborted or broke off',
      'the answer was aborted or broke off',
    ]);
  });
});

describe('useCompletion', () => {
  const complete = async (
    world: World,
    options: { api: string; streamProtocol: 'data' | 'text' },
  ) => {
    const setError = vi.fn<(error?: Error) => void>();
    const text = await callCompletionApi({
      ...options,
      prompt: 'Once upon a time',
      credentials: undefined,
      headers: undefined,
      body: {},
      setCompletion: () => {},
      setLoading: () => {},
      setError,
      setAbortController: () => {},
      onFinish: undefined,
      onError: undefined,
      fetch: world.skimpFetch,
    });
    expect(setError.mock.calls.filter(([error]) => error !== undefined)).toEqual([]);
    return text;
  };

  test.for([
    ['completion', 'data'],
    ['text', 'text'],
  ] as const)('of /api/%s has it once, as %s', async ([path, streamProtocol]) => {
    const world = createWorld();
    const options = { api: `${world.baseURL}/api/${path}`, streamProtocol };
    const first = await complete(world, options);
    await world.reported('cache-store');
    expect(await complete(world, options)).toBe(first);
    expect(first).toContain('Once upon a time');
    expect(await world.log()).toHaveLength(1);
  });
});
