import {
  type ChatTransport,
  DefaultChatTransport,
  readUIMessageStream,
  TextStreamChatTransport,
  type UIMessage,
} from 'ai';
import { describe, expect, test, vi } from 'vitest';
import { createSkimpTransport, type SkimpTransportOptions } from './ai-sdk.js';
import { TestChat, toMessageText } from './test-chat.js';
import { prompt, shortPrompt } from './test-compressing-world.js';
import { createTestCompressor } from './test-compressor.js';
import { createWorld } from './test-world.js';

type CreateTransport = (fetch: typeof globalThis.fetch) => ChatTransport<UIMessage>;

/** What a chat asks of its transport. */
const call: Parameters<ChatTransport<UIMessage>['sendMessages']>[0] = {
  trigger: 'submit-message',
  chatId: 'c',
  messageId: undefined,
  messages: [{ id: 'm', role: 'user', parts: [{ type: 'text', text: 'x' }] }],
  abortSignal: undefined,
};

/** A chat of an app whose route is anywhere, with a transport of its own. */
function open(options: SkimpTransportOptions = {}, world = createWorld()) {
  const api = `${world.baseURL}/api/chat`;
  const openChat = (
    create: CreateTransport = (fetch) => new DefaultChatTransport({ api, fetch }),
    chosen = options,
  ) => {
    const onData = vi.fn<(part: object) => void>();
    const transport = createSkimpTransport(world.optimizer, create, { now: () => 5e6, ...chosen });
    return { chat: new TestChat({ transport, onData }), onData, transport };
  };
  return { ...world, api, openChat };
}

describe('a transport', () => {
  test('has a repeated message answered, and says so beside the message', async () => {
    const { openChat, log, reported, types } = open();
    const first = openChat();
    await first.chat.sendMessage({ text: 'What is skimp?' });
    await reported('cache-store');
    const second = openChat();
    await second.chat.sendMessage({ text: 'What is skimp?' });

    expect(second.chat.texts).toEqual(first.chat.texts);
    expect(first.onData).not.toHaveBeenCalled();
    expect(second.onData).toHaveBeenCalledExactlyOnceWith({
      type: 'data-skimp',
      data: {
        tier: 'exact',
        key: expect.stringContaining('skimp'),
        similarity: 1,
        ageSeconds: 0,
      },
      transient: true,
    });
    expect(second.chat.messages[1]?.parts.map(({ type }) => type)).toEqual(['step-start', 'text']);
    expect(await log()).toHaveLength(1);
    expect(types()).toEqual(['cache-miss', 'cache-store', 'cache-hit']);
  });

  test('has a fresh answer regenerated, which is kept', async () => {
    const { openChat, log, reported, types } = open();
    const { chat } = openChat();
    await chat.sendMessage({ text: 'Tell me a joke.' });
    await reported('cache-store');
    await chat.regenerate();
    await reported('cache-store', 2);
    await openChat().chat.sendMessage({ text: 'Tell me a joke.' });
    expect(await log()).toHaveLength(2);
    expect(types().at(-1)).toBe('cache-hit');
  });

  test('has it so for a body that does not say why it is sent', async () => {
    const { openChat, api, log, reported } = open();
    const create: CreateTransport = (fetch) =>
      new DefaultChatTransport({
        api,
        fetch,
        prepareSendMessagesRequest: ({ messages }) => ({ body: { messages, tone: 'dry' } }),
      });
    const { chat } = openChat(create);
    await chat.sendMessage({ text: 'Tell me a joke.' });
    await reported('cache-store');
    await chat.regenerate();
    await reported('cache-store', 2);
    const again = openChat(create);
    await again.chat.sendMessage({ text: 'Tell me a joke.' });
    expect(again.chat.texts[1]).toBe(chat.texts[1]);
    expect(again.onData).toHaveBeenCalledOnce();
    expect(await log()).toHaveLength(2);
  });

  test('of plain text has a repeated message answered likewise', async () => {
    const { openChat, baseURL, log, reported } = open({ format: 'text' });
    const create: CreateTransport = (fetch) =>
      new TextStreamChatTransport({ api: `${baseURL}/api/text`, fetch });
    const first = openChat(create);
    await first.chat.sendMessage({ text: 'Hello.' });
    await reported('cache-store');
    const second = openChat(create);
    await second.chat.sendMessage({ text: 'Hello.' });
    expect(second.chat.texts).toEqual(first.chat.texts);
    expect(second.onData).toHaveBeenCalledOnce();
    expect(await log()).toHaveLength(1);
  });

  test('knows what its own transport adds to the body', async () => {
    const { openChat, api, log, reported } = open();
    const create =
      (tone: string): CreateTransport =>
      (fetch) =>
        new DefaultChatTransport({ api, fetch, body: () => ({ tone }) });
    await openChat(create('dry')).chat.sendMessage({ text: 'Hello.' });
    await reported('cache-store');
    await openChat(create('warm')).chat.sendMessage({ text: 'Hello.' });
    await openChat(create('dry')).chat.sendMessage({ text: 'Hello.' });
    expect(await log()).toHaveLength(2);
  });

  test('speaks with a route of any name', async () => {
    const { openChat, baseURL, log, reported } = open();
    const create: CreateTransport = (fetch) =>
      new DefaultChatTransport({ api: `${baseURL}/ask`, fetch });
    await openChat(create).chat.sendMessage({ text: 'Hello.' });
    await reported('cache-store');
    await openChat(create).chat.sendMessage({ text: 'Hello.' });
    expect(await log()).toHaveLength(1);
  });

  test('sends messages shorter, where the app wants it', async () => {
    const world = createWorld({ compressor: createTestCompressor() });
    const { openChat, bodies } = open({ compress: { minTokens: 10, storage: null } }, world);
    const { chat } = openChat();
    await chat.sendMessage({ text: prompt });
    await chat.sendMessage({ text: 'And why?' });
    const sent = (await bodies()).map((body) => JSON.parse(body).messages[0].parts);
    expect(sent).toEqual([
      [{ type: 'text', text: shortPrompt }],
      [{ type: 'text', text: shortPrompt }],
    ]);
  });

  test('fails a stream of the cache with the reason of its signal', async () => {
    const { openChat, reported } = open();
    const { chat, transport } = openChat();
    await chat.sendMessage({ text: 'x' });
    await reported('cache-store');
    const controller = new AbortController();
    const stream = await transport.sendMessages({ ...call, abortSignal: controller.signal });
    const reader = stream.getReader();
    await reader.read();
    controller.abort(new Error('the user left'));
    const rest = (async () => {
      while (!(await reader.read()).done);
    })();
    await expect(rest).rejects.toThrow('the user left');
  });

  test('is read by readUIMessageStream as the app reads any', async () => {
    const { openChat, reported } = open();
    const { chat, transport } = openChat();
    await chat.sendMessage({ text: 'x' });
    await reported('cache-store');
    const stream = await transport.sendMessages(call);
    let last: UIMessage | undefined;
    for await (const message of readUIMessageStream({ stream })) last = message;
    expect(last && toMessageText(last)).toBe(chat.texts[1]);
  });
});

describe('what the app made', () => {
  const create = (own: Partial<ChatTransport<UIMessage>>): ChatTransport<UIMessage> => ({
    sendMessages: async () => new ReadableStream(),
    reconnectToStream: async () => null,
    ...own,
  });

  test('reconnects, closes and says what it does of resumed streams', async () => {
    const { optimizer } = createWorld();
    const resumed = new ReadableStream();
    const reconnectToStream = vi.fn<ChatTransport<UIMessage>['reconnectToStream']>(
      async () => resumed,
    );
    const close = vi.fn<() => void>();
    const own = create({ reconnectToStream, close, resumeStreamIsReplay: false });
    const transport = createSkimpTransport(optimizer, () => own);
    expect(await transport.reconnectToStream({ chatId: 'c' })).toBe(resumed);
    expect(reconnectToStream).toHaveBeenCalledWith({ chatId: 'c' });
    transport.close?.();
    expect(close).toHaveBeenCalledOnce();
    expect(transport.resumeStreamIsReplay).toBe(false);
    expect('resumeStreamIsReplay' in createSkimpTransport(optimizer, () => create({}))).toBe(false);
  });

  test('without the fetch that it gets is left alone, and an event says so', async () => {
    const { optimizer, skips } = createWorld();
    const stream = new ReadableStream();
    const own = create({ sendMessages: async () => stream });
    const transport = createSkimpTransport(optimizer, () => own);
    expect(await transport.sendMessages(call)).toBe(stream);
    expect(skips()).toEqual(['the transport has its own fetch']);
  });

  test.for([
    [{ format: 'sse' }],
    [{ fetch: '/api/chat' }],
    [{ endpoints: {} }],
    [{ compress: { keepRatio: 2 } }],
  ])('with the options %j is refused', ([options]) => {
    const { optimizer } = createWorld();
    const given = options as SkimpTransportOptions; // as: what an app without types may give
    expect(() => createSkimpTransport(optimizer, () => create({}), given)).toThrow(
      expect.objectContaining({ code: 'invalid-option' }),
    );
  });
});
