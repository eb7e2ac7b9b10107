import { expect, test } from 'vitest';
import { createSkimpFetch } from '../adapters/fetch.js';
import { createFakeOptimizer } from '../client/fake-optimizer.js';
import type { OptimizerOptions } from '../client/options.js';
import { createChatSession, toTotals } from './chat-session.js';
import { type DemoSettings, defaultSettings } from './settings.js';
import { createSkimpHost } from './skimp-host.js';

const usage = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 };

/** Echoes the last message, as a stream of two words; `hang` never ends. */
const upstream: typeof fetch = async (_input, init) => {
  const { messages } = JSON.parse(String(init?.body)) as { messages: { content: string }[] }; // ours
  const question = messages.at(-1)?.content ?? '';
  if (question === 'fail') return Response.json({ error: { message: 'no' } }, { status: 500 });
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (data: object) =>
        controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(data)}\n\n`));
      send({ choices: [{ index: 0, delta: { role: 'assistant', content: 'You said ' } }] });
      init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
      if (question === 'hang') return;
      const text = `${messages.length}: ${question}`;
      send({ choices: [{ index: 0, delta: { content: text }, finish_reason: 'stop' }] });
      send({ choices: [], usage });
      controller.enqueue(new TextEncoder().encode('data: [DONE]\n\n'));
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
};

function createWorld(part: Partial<DemoSettings> = {}, create = createFakeOptimizer) {
  let clock = 0;
  const now = () => (clock += 10);
  const opened: OptimizerOptions[] = [];
  const host = createSkimpHost({
    createOptimizer: (options) => {
      opened.push(options);
      return create({ now });
    },
    readManifest: () => Promise.reject(new Error('no manifest')),
    maxErrorRate: 0.01,
    asksFirst: false,
    isClear: Promise.resolve(),
    now,
  });
  const settings = { ...defaultSettings, ...part };
  const chat = createChatSession({
    host,
    settings: () => settings,
    createSkimpFetch: (optimizer, baseFetch) => createSkimpFetch(optimizer, baseFetch, { now }),
    fetch: (input, init) => upstream(input, init),
    now,
  });
  const last = () => chat.state.get().exchanges.at(-1);
  return { host, chat, last, opened };
}

/** Adapters store after the answer has been read. */
async function askAndStore({ chat, host }: ReturnType<typeof createWorld>, question: string) {
  const isStored = () => host.state.get().events.some(({ type }) => type === 'cache-store');
  const stored = new Promise<void>((resolve) => {
    host.state.subscribe(() => isStored() && resolve());
  });
  await chat.ask(question);
  await stored;
}

// Absolute URLs only in Node: the page's own origin is what `/v1/…` means in a browser.
const custom = { upstream: 'custom', baseUrl: 'http://model.test/v1', model: 'm' } as const;

test('a new question is a miss and is streamed from the upstream', async () => {
  const { chat, last } = createWorld(custom);
  await chat.ask('  hello ');
  expect(last()).toMatchObject({
    question: 'hello',
    answer: 'You said 1: hello',
    phase: 'done',
    outcome: { kind: 'miss', miss: { reason: 'no-candidate' } },
  });
  expect(chat.state.get().announcement).toBe('Miss. You said 1: hello');
});

test('a repeat is a hit, and its tokens and time are saved', async () => {
  const world = createWorld(custom);
  await askAndStore(world, 'hello');
  await world.chat.ask('hello');
  expect(world.last()).toMatchObject({
    answer: 'You said 1: hello',
    outcome: { kind: 'hit', hit: { tier: 'exact', matchedPrompt: 'hello' } },
  });
  expect(world.chat.state.get().announcement).toBe('Hit, exact. You said 1: hello');
  expect(toTotals(world.chat.state.get())).toMatchObject({
    promptTokens: 5,
    completionTokens: 7,
    exactHits: 1,
    modelAnswers: 1,
  });
});

test('a hit called wrong is removed and saves nothing', async () => {
  const world = createWorld(custom);
  await askAndStore(world, 'hello');
  await world.chat.ask('hello');
  await world.chat.reportWrong(2);
  expect(toTotals(world.chat.state.get())).toMatchObject({ promptTokens: 0, wrongHits: 1 });
  expect(world.host.state.get().usage?.entries).toBe(0);
});

test('an empty view keeps the totals', async () => {
  const { chat } = createWorld(custom);
  await chat.ask('hello');
  chat.reset();
  expect(chat.state.get().exchanges).toEqual([]);
  expect(toTotals(chat.state.get()).modelAnswers).toBe(1);
});

test('a kept conversation is sent along', async () => {
  const { chat, last } = createWorld({ ...custom, keepsConversation: true });
  await chat.ask('one');
  await chat.ask('two');
  expect(last()?.answer).toBe('You said 3: two');
});

test('with skimp off nothing is looked up', async () => {
  const { chat, last, host } = createWorld({ ...custom, isSkimpOn: false });
  await chat.ask('hello');
  expect(last()).toMatchObject({ phase: 'done', outcome: { kind: 'bypass' } });
  expect(host.state.get().events).toEqual([]);
});

test('a skimp that cannot start leaves the chat alive, and the log says so', async () => {
  const { chat, last, host } = createWorld(custom, () => {
    throw new Error('no workers here');
  });
  await chat.ask('hello');
  expect(last()).toMatchObject({ phase: 'done', outcome: { kind: 'bypass' } });
  expect(host.state.get().events).toMatchObject([
    { type: 'note', text: expect.stringContaining('no workers here') as string },
  ]);
});

test('stop ends an answer half-way, and only one answer runs at a time', async () => {
  const { chat, last } = createWorld(custom);
  const ended = chat.ask('hang');
  await new Promise<void>((resolve) => {
    chat.state.subscribe(() => last()?.phase === 'streaming' && resolve());
  });
  await chat.ask('another');
  chat.stop();
  await ended;
  expect(chat.state.get().exchanges).toHaveLength(1);
  expect(last()).toMatchObject({ phase: 'stopped', answer: 'You said ' });
});

test.each([
  ['a refusal of the upstream', custom, 'fail', 'The upstream answered 500: no'],
  ['settings without a model', { ...custom, model: '' }, 'hello', 'name of a model'],
])('%s is shown and the next question goes on', async (_name, settings, question, message) => {
  const { chat, last } = createWorld(settings);
  await chat.ask(question);
  expect(last()?.phase).toBe('failed');
  expect(last()?.error).toContain(message);
});

test('another error budget makes another optimizer with the same scope', async () => {
  const { host, opened } = createWorld();
  await host.started;
  const first = host.current();
  host.restart(0.05, Promise.resolve());
  expect(host.current()).not.toBe(first);
  expect(opened).toMatchObject([
    { scope: 'demo', maxErrorRate: 0.01, autoDownload: true },
    { scope: 'demo', maxErrorRate: 0.05, autoDownload: true },
  ]);
});

test('a look-up sends, stores and counts nothing', async () => {
  const world = createWorld(custom);
  await world.chat.lookUp('hello');
  expect(world.last()).toMatchObject({ kind: 'look-up', phase: 'done', outcome: { kind: 'miss' } });
  expect(world.last()?.answer).toBe('');
  await world.chat.ask('hello');
  expect(world.last()?.outcome?.kind).toBe('miss');
  expect(toTotals(world.chat.state.get())).toMatchObject({ modelAnswers: 1 });
});

test('a look-up shows the answer that would be given, and saves nothing', async () => {
  const world = createWorld(custom);
  await askAndStore(world, 'hello');
  await world.chat.lookUp('hello');
  expect(world.last()).toMatchObject({ outcome: { kind: 'hit' }, answer: 'You said 1: hello' });
  expect(toTotals(world.chat.state.get())).toMatchObject({ exactHits: 0, promptTokens: 0 });
  const { events } = world.host.state.get();
  expect(events.filter(({ type }) => type === 'cache-skip')).toEqual([]);
});

test('many are asked one after another, until stopped', async () => {
  const { chat } = createWorld(custom);
  const batches: unknown[] = [];
  chat.state.subscribe(() => batches.push(chat.state.get().batch?.done));
  await chat.askAll(['one', 'two']);
  expect(chat.state.get().exchanges.map(({ question }) => question)).toEqual(['one', 'two']);
  expect(new Set(batches)).toEqual(new Set([0, 1, undefined]));
  const asked = chat.askAll(['hang', 'never']);
  await new Promise<void>((resolve) => {
    const unsubscribe = chat.state.subscribe(() => {
      if (chat.state.get().exchanges.at(-1)?.phase !== 'streaming') return;
      unsubscribe();
      resolve();
    });
  });
  chat.stop();
  await asked;
  expect(chat.state.get().exchanges.map(({ question }) => question)).toEqual([
    'one',
    'two',
    'hang',
  ]);
});
