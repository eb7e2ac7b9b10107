import { describe, expect, test } from 'vitest';
import { readRouteConversation } from './app-route-conversation.js';

const url = new URL('https://app.example/api/chat');
const readText = (body: string) => readRouteConversation(url, body);
const read = (body: object) => readText(JSON.stringify(body));
const says = (words: string) => [{ type: 'text', text: words }];
const file = { type: 'file', mediaType: 'image/png', url: 'data:,' };

const textsOf = (body: string) =>
  readText(body)?.turns.map(({ role, texts }) => [
    role,
    ...texts.map(({ text, range }) => [text, body.slice(...range)]),
  ]);

describe('turns', () => {
  test('of UI messages have the texts of their parts', () => {
    const body = JSON.stringify({
      id: 'c',
      messages: [
        { id: '1', role: 'system', parts: says('S') },
        { id: '2', role: 'user', parts: [...says('A'), file, ...says('é"B')] },
        { id: '3', role: 'assistant', parts: says('C') },
        { id: '4', role: 'user', content: 'D' },
      ],
      trigger: 'submit-message',
    });
    expect(textsOf(body)).toEqual([
      ['fixed', ['S', '"S"']],
      ['user', ['A', '"A"'], ['é"B', '"é\\"B"']],
      ['assistant', ['C', '"C"']],
      ['user', ['D', '"D"']],
    ]);
    expect(readText(body)?.isBypassed).toBe(false);
  });

  test('of a prompt are one', () => {
    const body = '{ "model": "prompt", "prompt" : "Wh\\u0079?" }';
    expect(textsOf(body)).toEqual([['user', ['Why?', '"Wh\\u0079?"']]]);
  });

  test('are bypassed as the cache bypasses them', () => {
    expect(read({ prompt: 'x', sessionId: 's' })?.isBypassed).toBe(true);
  });
});

test('a turn is the same under another id, and after its answer was drawn', () => {
  const identities = (message: object) =>
    read({ messages: [message] })?.turns.map(({ identity }) => identity);
  const asked = { role: 'user', parts: says('A') };
  expect(identities({ id: '1', ...asked })).toEqual(identities({ id: '2', ...asked }));
  const answer = (state: string) => ({
    role: 'assistant',
    parts: [{ type: 'text', text: 'B', state }],
  });
  expect(identities(answer('streaming'))).toEqual(identities(answer('done')));
  expect(identities(asked)).not.toEqual(identities({ role: 'user', parts: says('B') }));
});

test.for([
  '',
  'hello',
  '[]',
  '{}',
  '{"messages":{}}',
  '{"messages":["x"]}',
  '{"messages":[],"messages":[]}',
  '{"prompt":"a","prompt":"b"}',
  '{"messages":[{"role":"user","parts":[],"parts":[]}]}',
  '{"messages":[{"role":"user","parts":[{"type":"text","text":"a","text":"b"}]}]}',
])('what is odd is not read: %s', (body) => {
  expect(readText(body)).toBeUndefined();
});
