import { describe, expect, test } from 'vitest';
import { openaiChat } from './openai-chat.js';
import { openCollector } from './test-collector.js';
import { splitText } from './replay-body.js';
import type { ReplayOptions } from './wire-format.js';

const stored = { text: 'Grüße an die weite 世界 🎉!', model: 'gpt-test-1' };
const options: ReplayOptions = {
  stream: true,
  includeUsage: false,
  id: 'abc',
  at: 5_999,
  signal: undefined,
};

const readEvents = async (given: Partial<ReplayOptions> = {}) => {
  const text = await openaiChat.replay(stored, { ...options, ...given }).text();
  expect(text.endsWith('\n\n')).toBe(true);
  return text
    .slice(0, -2)
    .split('\n\n')
    .map((event) => event.replace('data: ', ''));
};

describe('a replay', () => {
  test('as a whole is a chat completion', async () => {
    const response = openaiChat.replay(stored, { ...options, stream: false });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({
      id: 'chatcmpl-abc',
      object: 'chat.completion',
      created: 5,
      model: 'gpt-test-1',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: stored.text, refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
    });
  });

  test('as a stream begins with the role, and ends with the stop and [DONE]', async () => {
    const response = openaiChat.replay(stored, options);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const events = await readEvents();
    expect(events.at(-1)).toBe('[DONE]');
    const chunks = events.slice(0, -1).map((event) => JSON.parse(event));
    const deltas = chunks.map(({ choices }) => choices[0].delta);
    expect(deltas[0]).toEqual({ role: 'assistant', content: '', refusal: null });
    expect(deltas.map(({ content }) => content ?? '').join('')).toBe(stored.text);
    expect(chunks.map(({ choices }) => choices[0].finish_reason)).toEqual([
      ...Array(chunks.length - 1).fill(null),
      'stop',
    ]);
    expect(chunks.every((chunk) => chunk.id === 'chatcmpl-abc' && !('usage' in chunk))).toBe(true);
  });

  test('has usage in its last chunk, when asked for', async () => {
    const chunks = (await readEvents({ includeUsage: true })).slice(0, -1);
    const [last, ...others] = chunks.map((chunk) => JSON.parse(chunk)).reverse();
    expect(last).toMatchObject({ choices: [], usage: { total_tokens: 0 } });
    expect(others.every(({ usage }) => usage === null)).toBe(true);
  });

  test.for([true, false])('is read back by its own collector: stream %s', async (stream) => {
    const type = stream ? 'text/event-stream' : 'application/json';
    const collector = openCollector(openaiChat, type);
    const response = openaiChat.replay(stored, { ...options, stream });
    const outcome = collector.push(new Uint8Array(await response.arrayBuffer()));
    expect(outcome ?? collector.finish()).toMatchObject(stored);
  });

  test('fails with the reason of its signal at the read after the abort', async () => {
    const controller = new AbortController();
    const response = openaiChat.replay(stored, { ...options, signal: controller.signal });
    const reader = response.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    const reason = new Error('the user left');
    controller.abort(reason);
    await expect(reader?.read()).rejects.toBe(reason);
  });

  test('as a whole fails too, when the abort comes before it is read', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const response = openaiChat.replay(stored, { ...options, stream: false, signal });
    controller.abort();
    await expect(response.json()).rejects.toBe(signal.reason);
  });
});

describe('pieces of a text', () => {
  test.for([
    ['nothing', '', 0],
    ['a short text', 'Yes.', 1],
    ['a line', 'x'.repeat(33), 3],
    ['a book', 'x y\n'.repeat(50_000), 100],
    ['characters of two units', '🎉'.repeat(40), 3],
  ] as const)('%s', ([, text, count]) => {
    const pieces = splitText(text);
    expect(pieces).toHaveLength(count);
    expect(pieces.join('')).toBe(text);
    expect(pieces.map(encodeURIComponent).join('')).toBe(encodeURIComponent(text)); // throws on half a character
  });
});
