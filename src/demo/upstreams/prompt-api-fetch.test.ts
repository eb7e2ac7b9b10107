import { expect, test } from 'vitest';
import { createSkimpFetch } from '../../adapters/fetch.js';
import { createFakeOptimizer } from '../../client/fake-optimizer.js';
import { readAnswer } from '../read-answer.js';
import { createPromptApiFetch } from './prompt-api-fetch.js';
import { createTestLanguageModel, type TestLanguageModel } from './test-language-model.js';
import { PROMPT_API_URL } from './upstream-fetch.js';

const URL_HERE = `https://page.example${PROMPT_API_URL}`;
const messages = [{ role: 'user', content: 'How long is the warranty?' }];

function toInit(extra: object = {}, signal?: AbortSignal): RequestInit {
  const body = JSON.stringify({ model: 'prompt-api', messages, ...extra });
  return { method: 'POST', body, ...(signal && { signal }) };
}

function toFetch(languageModel: TestLanguageModel, shares: number[] = []): typeof fetch {
  const onDownload = (share: number) => void shares.push(share);
  return createPromptApiFetch({ languageModel, onDownload, now: () => 5_000 });
}

async function read(response: Response): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of readAnswer(response)) pieces.push(piece);
  return pieces;
}

test('a whole answer has the shape of a chat completion', async () => {
  const languageModel = createTestLanguageModel();
  const response = await toFetch(languageModel)(URL_HERE, toInit());
  expect(await response.json()).toEqual({
    id: 'chatcmpl-prompt-api-1',
    object: 'chat.completion',
    created: 5,
    model: 'prompt-api',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'Two years.', refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 },
  });
  expect(languageModel.openSessions()).toBe(0);
});

test('a streamed answer comes piece by piece, with its usage when asked for', async () => {
  const languageModel = createTestLanguageModel();
  const extra = { stream: true, stream_options: { include_usage: true } };
  const response = await toFetch(languageModel)(URL_HERE, toInit(extra));
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const text = await response.clone().text();
  expect(text).toContain('"finish_reason":"stop"');
  expect(text).toContain('"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}');
  expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  expect(await read(response)).toEqual(['Two ', 'years.']);
  expect(languageModel.openSessions()).toBe(0);
});

test('earlier turns are initial prompts, the newest is the input', async () => {
  const languageModel = createTestLanguageModel();
  const turns = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hello' },
    { role: 'assistant', content: 'Hello!' },
  ];
  await toFetch(languageModel)(URL_HERE, toInit({ messages: [...turns, ...messages] }));
  expect(languageModel.created[0]?.initialPrompts).toEqual(turns);
  expect(languageModel.prompts).toEqual(['How long is the warranty?']);
});

test('the cache works on top of it, unchanged', async () => {
  const languageModel = createTestLanguageModel();
  const skimpFetch = createSkimpFetch(createFakeOptimizer(), toFetch(languageModel));
  const first = await skimpFetch(URL_HERE, toInit({ stream: true }));
  expect((await read(first)).join('')).toBe('Two years.');
  const second = await skimpFetch(URL_HERE, toInit({ stream: true }));
  expect(second.headers.get('x-skimp-tier')).toBe('exact');
  expect((await read(second)).join('')).toBe('Two years.');
  expect(languageModel.prompts).toHaveLength(1);
});

test('a download is told on its way', async () => {
  const shares: number[] = [];
  const languageModel = createTestLanguageModel({ downloads: [0, 0.5, 1] });
  await toFetch(languageModel, shares)(URL_HERE, toInit());
  expect(shares).toEqual([0, 0.5, 1]);
});

test('an abort before the model is there, or in the stream, is the signal’s reason', async () => {
  const early = toFetch(createTestLanguageModel())(
    URL_HERE,
    toInit({}, AbortSignal.abort('early')),
  );
  await expect(early).rejects.toBe('early');
  const controller = new AbortController();
  const languageModel = createTestLanguageModel({
    beforePiece: async (index) => {
      if (index === 1) controller.abort();
    },
  });
  const init = toInit({ stream: true }, controller.signal);
  const response = await toFetch(languageModel)(URL_HERE, init);
  await expect(read(response)).rejects.toMatchObject({ name: 'AbortError' });
  expect(languageModel.openSessions()).toBe(0);
});

test('a consumer who stops early ends the session', async () => {
  const languageModel = createTestLanguageModel({ pieces: ['a ', 'b ', 'c '] });
  const response = await toFetch(languageModel)(URL_HERE, toInit({ stream: true }));
  await response.body?.cancel();
  expect(languageModel.openSessions()).toBe(0);
});

test('a model that fails on the way says so in the stream, and nothing is kept', async () => {
  const languageModel = createTestLanguageModel({
    beforePiece: async (index) => {
      if (index === 1) throw new Error('the GPU is lost');
    },
  });
  const optimizer = createFakeOptimizer();
  const skimpFetch = createSkimpFetch(optimizer, toFetch(languageModel));
  const response = await skimpFetch(URL_HERE, toInit({ stream: true }));
  await expect(read(response)).rejects.toThrow('the GPU is lost');
  expect(optimizer.trace.map(({ type }) => type)).not.toContain('cache-store');
  expect(languageModel.openSessions()).toBe(0);
});

test.each([
  ['a model that cannot start', new DOMException('no space', 'NotAllowedError'), 503],
  ['a conversation that is too long', new DOMException('too long', 'QuotaExceededError'), 400],
])('%s is an answer with a status', async (_name, createError, status) => {
  const response = await toFetch(createTestLanguageModel({ createError }))(URL_HERE, toInit());
  expect(response.status).toBe(status);
  await expect(read(response)).rejects.toThrow(createError.message);
});

test.each([
  ['a body that is no JSON', '{'],
  ['an image', JSON.stringify({ messages: [{ role: 'user', content: [{ type: 'image_url' }] }] })],
  ['an answer to continue', JSON.stringify({ messages: [{ role: 'assistant', content: 'So' }] })],
  ['tools', JSON.stringify({ messages, tools: [{}] })],
  [
    'a late system message',
    JSON.stringify({ messages: [...messages, { role: 'system', content: 'x' }, ...messages] }),
  ],
])('%s is refused before the model is asked', async (_name, body) => {
  const languageModel = createTestLanguageModel();
  const response = await toFetch(languageModel)(URL_HERE, { method: 'POST', body });
  expect(response.status).toBe(400);
  expect(languageModel.created).toEqual([]);
});
