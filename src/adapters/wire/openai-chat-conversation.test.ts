import { describe, expect, test } from 'vitest';
import { readChatConversation } from './openai-chat-conversation.js';

const url = new URL('https://api.example/v1/chat/completions');
const image = { type: 'image_url', image_url: { url: 'data:,' } };

const readText = (body: string) => readChatConversation(url, body);
const read = (messages: unknown, fields: object = {}) =>
  readText(JSON.stringify({ model: 'm', messages, ...fields }));
const identityOf = (message: object) => read([message])?.turns[0]?.identity;

describe('turns', () => {
  test('have their roles and their texts, and images have none', () => {
    const content = [{ type: 'text', text: 'A' }, image, { type: 'text', text: 'B' }];
    const conversation = read([
      { role: 'developer', content: 'Be short.' },
      { role: 'user', content },
      { role: 'assistant', content: null, tool_calls: [] },
      { role: 'tool', tool_call_id: 'c', content: 'C' },
      { role: 'function', name: 'f', content: 'D' },
    ]);
    expect(conversation?.isBypassed).toBe(false);
    expect(
      conversation?.turns.map(({ role, texts }) => [role, ...texts.map((it) => it.text)]),
    ).toEqual([
      ['fixed', 'Be short.'],
      ['user', 'A', 'B'],
      ['assistant'],
      ['tool', 'C'],
      ['fixed', 'D'],
    ]);
  });

  test('are those of the request, and not of what it quotes', () => {
    const decoy = { messages: [{ role: 'user', content: 'no' }] };
    const body = `{"metadata":${JSON.stringify(decoy)},"tools":[${JSON.stringify(decoy)}],
      "note":"\\"messages\\":[{\\"role\\":\\"user\\",\\"content\\":\\"no\\"}]",
      "messages" : [ { "messages":[], "content" : "y\\u00e9s \\ud83c\\udf89\\/" , "role":"user" } ] }`;
    const [turn] = readText(body)?.turns ?? [];
    expect(turn?.texts).toMatchObject([{ text: 'yés 🎉/' }]);
    expect(body.slice(...(turn?.texts[0]?.range ?? [0, 0]))).toBe('"y\\u00e9s \\ud83c\\udf89\\/"');
  });

  test('may hold half a character', () => {
    const body = String.raw`{"messages":[{"role":"user","content":"\ud83c!"}]}`;
    expect(readText(body)?.turns[0]?.texts[0]?.text).toBe('\ud83c!');
  });

  test('are bypassed as the cache bypasses them', () => {
    expect(read([{ role: 'user', content: 'x' }], { n: 2 })?.isBypassed).toBe(true);
  });
});

describe('what is odd is not read', () => {
  test.for([
    '',
    'hello',
    '[]',
    '{"messages":{}}',
    '{"model":"m"}',
    '{"messages":["x"]}',
    '{"messages":[],"messages":[]}',
    '{"messages":[{"role":"user","content":"a","content":"b"}]}',
    '{"messages":[{"role":"system","role":"user","content":"a"}]}',
    '{"messages":[{"role":"user","content":[{"type":"text","text":"a","text":"b"}]}]}',
    '\ufeff{"messages":[]}',
  ])('%s', (body) => {
    expect(readText(body)).toBeUndefined();
  });
});

describe('a turn is the same', () => {
  test('as a string and as a list of one part, with the mark of the prefix cache or without', () => {
    const mark = { cache_control: { type: 'ephemeral' } };
    const spellings = [
      { role: 'user', content: 'A' },
      { content: 'A', role: 'user', ...mark },
      { role: 'user', content: [{ type: 'text', text: 'A' }] },
      { role: 'user', content: [{ type: 'text', text: 'A', ...mark }] },
    ];
    expect(new Set(spellings.map(identityOf)).size).toBe(1);
  });

  test('and another one with another role, name, text or part', () => {
    const others = [
      { role: 'user', content: 'A' },
      { role: 'tool', content: 'A' },
      { role: 'user', content: 'B' },
      { role: 'user', content: 'A', name: 'Ann' },
      { role: 'user', content: [{ type: 'text', text: 'A' }, image] },
      { role: 'user', content: null },
      { role: 'user' },
    ];
    expect(new Set(others.map(identityOf)).size).toBe(6); // no content is null
  });
});

test('a marked turn is said to be one, and is the same turn', () => {
  const message = { role: 'user', content: 'A' };
  const toTurn = (fields: object) => read([{ ...message, ...fields }])?.turns[0];
  expect(toTurn({ compress: false })).toEqual({ ...toTurn({}), isKept: true });
  expect(toTurn({ compress: true })).toEqual(toTurn({}));
});
