import { expect, test } from 'vitest';
import { toGenerationRequest } from './generation-request.mjs';

const body = { model: 'm', messages: [{ role: 'user', content: 'Hello' }] };

test('what is left out, or null, has a default', () => {
  const { generation } = toGenerationRequest({ ...body, stop: null, temperature: null });
  expect(generation).toEqual({
    turns: [{ role: 'user', text: 'Hello' }],
    maxTokens: 200,
    temperature: 0.2,
    topP: 0.9,
    seed: undefined,
    stops: [],
  });
});

test('what is given is taken; the newer name of the length goes first', () => {
  const settings = { max_tokens: 9, max_completion_tokens: 5, temperature: 0, top_p: 1, seed: 7 };
  const { generation } = toGenerationRequest({ ...body, ...settings, stop: 'END' });
  expect(generation).toMatchObject({
    maxTokens: 5,
    temperature: 0,
    topP: 1,
    seed: 7,
    stops: ['END'],
  });
});

test('a length past what the model reads is cut', () => {
  expect(toGenerationRequest({ ...body, max_tokens: 1e6 }).generation.maxTokens).toBe(2_048);
});

test('developer messages are system messages', () => {
  const messages = [{ role: 'developer', content: 'Be brief.' }, ...body.messages];
  const { generation } = toGenerationRequest({ ...body, messages });
  expect(generation.turns[0]).toEqual({ role: 'system', text: 'Be brief.' });
});

test.each([
  ['tools', { tools: [{ type: 'function' }] }],
  ['temperature', { temperature: 2.1 }],
  ['top_p', { top_p: 0 }],
  ['max_tokens', { max_tokens: 1.5 }],
  ['seed', { seed: 'x' }],
  ['stop', { stop: ['a', 'b', 'c', 'd', 'e'] }],
  ['stop', { stop: '' }],
  ['messages', { messages: [...body.messages, { role: 'tool', content: '1' }] }],
])('%s that cannot be honoured is refused', (param, part) => {
  expect(() => toGenerationRequest({ ...body, ...part })).toThrow(
    expect.objectContaining({
      status: 400,
      body: { error: expect.objectContaining({ param }) as unknown },
    }),
  );
});
