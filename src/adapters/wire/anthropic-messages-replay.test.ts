import { expect, test } from 'vitest';
import { anthropicMessages } from './anthropic-messages.js';

const stored = { text: 'Grüße, 世界 🎉. '.repeat(4), model: 'claude-test-1' };
const options = { stream: true, includeUsage: true, id: 'abc', at: 5_000, signal: undefined };

const nothing = {
  input_tokens: 0,
  output_tokens: 0,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
};
const head = { id: 'msg_abc', type: 'message', role: 'assistant', model: 'claude-test-1' };
const end = { stop_reason: 'end_turn', stop_sequence: null };

test('as a whole is a message with a fresh id and zero usage', async () => {
  const response = anthropicMessages.replay(stored, { ...options, stream: false });
  expect(Object.fromEntries(response.headers)).toEqual({
    'content-type': 'application/json',
    'request-id': 'skimp-abc',
  });
  expect(await response.json()).toMatchObject({
    ...head,
    ...end,
    content: [{ type: 'text', text: stored.text }],
    usage: nothing,
  });
});

test('as a stream tells all events of a text in order, each with its name', async () => {
  const response = anthropicMessages.replay(stored, options);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const blocks = (await response.text()).split('\n\n').filter(Boolean);
  const events = blocks.map((block) => {
    const [name = '', data = ''] = block.split('\n');
    const event = JSON.parse(data.slice('data: '.length));
    expect(name).toBe(`event: ${event.type}`);
    return event;
  });
  const deltas = events.filter(({ type }) => type === 'content_block_delta');
  expect(deltas.length).toBeGreaterThan(2);
  expect(deltas.map(({ delta }) => delta.text).join('')).toBe(stored.text);
  expect(events.filter(({ type }) => type !== 'content_block_delta')).toMatchObject([
    { type: 'message_start', message: { ...head, content: [], stop_reason: null, usage: nothing } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: end, usage: nothing },
    { type: 'message_stop' },
  ]);
});

test('fails with the reason of its signal at the read after the abort', async () => {
  const controller = new AbortController();
  const response = anthropicMessages.replay(stored, { ...options, signal: controller.signal });
  const reader = response.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  controller.abort('enough');
  await expect(reader?.read()).rejects.toBe('enough');
});
