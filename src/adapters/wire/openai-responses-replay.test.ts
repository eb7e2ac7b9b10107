import { expect, test } from 'vitest';
import { openaiResponses } from './openai-responses.js';

const stored = { text: 'Grüße, 世界 🎉. '.repeat(4), model: 'gpt-test-1' };
const options = { stream: true, includeUsage: true, id: 'abc', at: 5_000, signal: undefined };

const nothing = {
  input_tokens: 0,
  input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
  output_tokens: 0,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 0,
};
const part = { type: 'output_text', annotations: [], logprobs: [], text: stored.text };
const completed = {
  id: 'resp_abc',
  object: 'response',
  created_at: 5,
  completed_at: 5,
  status: 'completed',
  model: 'gpt-test-1',
  error: null,
  output: [
    { id: 'msg_abc', type: 'message', status: 'completed', role: 'assistant', content: [part] },
  ],
  usage: nothing,
};

test('as a whole is a response with a fresh id and zero usage', async () => {
  const response = openaiResponses.replay(stored, { ...options, stream: false });
  expect(Object.fromEntries(response.headers)).toEqual({
    'content-type': 'application/json',
    'x-request-id': 'skimp-abc',
  });
  expect(await response.json()).toMatchObject(completed);
});

test('as a stream tells all events of a text answer in order, each with its name and number', async () => {
  const response = openaiResponses.replay(stored, options);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const blocks = (await response.text()).split('\n\n').filter(Boolean);
  const events = blocks.map((block) => {
    const [name = '', data = ''] = block.split('\n');
    const event = JSON.parse(data.slice('data: '.length));
    expect(name).toBe(`event: ${event.type}`);
    return event;
  });
  expect(events.map((event) => event.sequence_number)).toEqual([...events.keys()]);
  const deltas = events.filter(({ type }) => type === 'response.output_text.delta');
  expect(deltas.length).toBeGreaterThan(2);
  expect(deltas.map(({ delta }) => delta).join('')).toBe(stored.text);
  const inPart = { item_id: 'msg_abc', output_index: 0, content_index: 0 };
  expect(deltas.every((event) => event.item_id === 'msg_abc' && event.content_index === 0)).toBe(
    true,
  );
  const others = events.filter(({ type }) => type !== 'response.output_text.delta');
  expect(others).toMatchObject([
    { type: 'response.created', response: { id: 'resp_abc', status: 'in_progress', output: [] } },
    { type: 'response.in_progress', response: { id: 'resp_abc', usage: null } },
    { type: 'response.output_item.added', output_index: 0, item: { id: 'msg_abc', content: [] } },
    { type: 'response.content_part.added', ...inPart, part: { ...part, text: '' } },
    { type: 'response.output_text.done', ...inPart, text: stored.text },
    { type: 'response.content_part.done', ...inPart, part },
    { type: 'response.output_item.done', output_index: 0, item: completed.output[0] },
    { type: 'response.completed', response: completed },
  ]);
});

test('fails with the reason of its signal at the read after the abort', async () => {
  const controller = new AbortController();
  const response = openaiResponses.replay(stored, { ...options, signal: controller.signal });
  const reader = response.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  controller.abort('enough');
  await expect(reader?.read()).rejects.toBe('enough');
});
