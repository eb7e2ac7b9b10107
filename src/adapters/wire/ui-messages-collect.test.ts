import { describe, expect, test } from 'vitest';
import { collectText, openCollector } from './test-collector.js';
import type { ReplayOptions } from './wire-format.js';
import { uiMessages } from './ui-messages.js';

const encoder = new TextEncoder();
const done = 'data: [DONE]\n\n';
const toStream = (...chunks: readonly object[]) =>
  chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');

const collect = (text: string, chunkBytes?: number) =>
  collectText(uiMessages, 'text/event-stream', text, chunkBytes);

const start = { type: 'start', messageId: 'm1' };
const open = { type: 'text-start', id: '0', providerMetadata: { openai: { itemId: 'i' } } };
const delta = (words: string) => ({ type: 'text-delta', id: '0', delta: words });
const close = { type: 'text-end', id: '0' };
const finish = { type: 'finish', finishReason: 'stop' };
const step = [{ type: 'start-step' }, open, delta('Grüße, '), delta('世界 🎉'), close];
const whole = [start, ...step, { type: 'finish-step' }, finish];
const answer = { text: 'Grüße, 世界 🎉', model: '' };

describe('a stream', () => {
  test.for([1, 3, 7, 1000])('is read alike in chunks of %i bytes', (chunkBytes) => {
    expect(collect(toStream(...whole) + done, chunkBytes)).toEqual(answer);
  });

  test('ends at [DONE], and not before; it need not have one', () => {
    const collector = openCollector(uiMessages, 'text/event-stream');
    expect(collector.push(encoder.encode(toStream(...whole)))).toBeUndefined();
    expect(collector.push(encoder.encode(done))).toEqual(answer);
    expect(collect(toStream(...whole))).toEqual(answer);
  });

  test('may tell its model and usage, wherever the route notes them', () => {
    const totalUsage = { inputTokens: 3, outputTokens: 4, totalTokens: 7 };
    const told = { ...answer, model: 'm-1', usage: { promptTokens: 3, completionTokens: 4 } };
    const noted = [
      { ...start, messageMetadata: { createdAt: 1, model: 'm-1' } },
      ...step,
      { ...finish, messageMetadata: { totalUsage } },
    ];
    expect(collect(toStream(...noted))).toEqual(told);
    const metadata = {
      type: 'message-metadata',
      messageMetadata: { model: 'm-1', usage: totalUsage },
    };
    expect(collect(toStream(start, metadata, ...step, finish))).toEqual(told);
  });

  test('may reason before it answers', () => {
    const reasoning = [
      { type: 'reasoning-start', id: 'r' },
      { type: 'reasoning-delta', id: 'r', delta: 'Hm.' },
      { type: 'reasoning-end', id: 'r' },
    ];
    expect(
      collect(toStream(start, ...reasoning, ...step, finish, { type: 'finish-step' })),
    ).toEqual(answer);
  });

  const tool = { toolCallId: 'a', toolName: 'time' };
  test.for([
    { type: 'tool-input-start', ...tool },
    { type: 'tool-input-available', ...tool, input: {} },
    { type: 'tool-output-available', ...tool, output: 1 },
    { type: 'source-url', sourceId: 's', url: 'https://a.example' },
    { type: 'file', url: 'data:,', mediaType: 'image/png' },
    { type: 'data-weather', data: {} },
    { type: 'data-status', data: {}, transient: true },
    { type: 'custom', kind: 'a.b' },
    { type: 'reasoning-file', url: 'data:,', mediaType: 'image/png' },
    { type: 'steering-message', id: 's', parts: [] },
    { type: 'reset-step' },
    { type: 'error', errorText: 'overloaded' },
    { type: 'abort' },
    { type: 'constructor' },
  ])('with %j is not kept', (chunk) => {
    expect(collect(toStream(start, ...step, chunk, finish) + done)).toBe(
      `the answer has ${chunk.type}`,
    );
  });

  const odd = 'the answer is no UI message stream';
  const cut = 'the answer was cut off: it has no finish';
  test.for([
    ['another text', [...whole.slice(0, -1), open], 'the answer has several texts'],
    ['a text in a text', [open, open], 'the answer has several texts'],
    ['citations', [open, delta('a'), { ...close, citations: [{}] }], 'the answer has citations'],
    ['a piece of no text', [delta('a')], odd],
    ['an end of no text', [open, { ...close, id: '1' }], odd],
    ['a text of no id', [{ type: 'text-start' }], odd],
    ['no delta', [open, { type: 'text-delta', id: '0' }], odd],
    ['no type', [{ text: 'a' }], odd],
    ['no text', [start, open, close, finish], 'the answer is empty'],
    ['no finish', [start, ...step], cut],
    ['a second stream that has none', [start, finish, start, ...step], cut],
    [
      'its limit reached',
      [...step, { ...finish, finishReason: 'length' }],
      'finishReason is "length"',
    ],
    ['a finish that gives no reason', [...step, { type: 'finish' }], 'finishReason is undefined'],
    ['nothing', [], cut],
  ] as const)('with %s is not kept', ([, chunks, reason]) => {
    expect(collect(toStream(...chunks) + done)).toBe(reason);
  });

  test('that is no JSON is not kept', () => {
    expect(collect('data: {"type"\n\n')).toBe(odd);
  });
});

test('an answer of another kind is not read', () => {
  expect(uiMessages.createCollector('application/json')).toBe('the answer is no stream');
  expect(uiMessages.createCollector('text/plain')).toContain('the format of this endpoint is text');
});

describe('a replay', () => {
  const options: ReplayOptions = {
    stream: true,
    includeUsage: false,
    id: 'abc',
    at: 5_999,
    signal: undefined,
  };

  test('has the headers of the SDK, and is read back by its own collector', async () => {
    const response = uiMessages.replay({ ...answer, model: 'm' }, options);
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
      'x-vercel-ai-ui-message-stream': 'v1',
      'x-request-id': 'skimp-abc',
    });
    const events = await response.text();
    expect(events.endsWith(done)).toBe(true);
    expect(collect(events)).toEqual(answer);
  });

  test('fails with the reason of its signal at the read after the abort', async () => {
    const controller = new AbortController();
    const response = uiMessages.replay(answer, { ...options, signal: controller.signal });
    const reader = response.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    controller.abort(new Error('the user left'));
    await expect(reader?.read()).rejects.toBe(controller.signal.reason);
  });
});
