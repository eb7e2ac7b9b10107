import { describe, expect, test } from 'vitest';
import { readMessagesConversation } from './anthropic-messages-conversation.js';

const url = new URL('https://api.example/v1/messages');
const image = { type: 'image', source: { type: 'url', url: 'data:,' } };
const toText = (text: string) => ({ type: 'text', text });
const toResult = (content: unknown, id = 't') => ({
  type: 'tool_result',
  tool_use_id: id,
  content,
});

const readText = (body: string) => readMessagesConversation(url, body);
const read = (messages: unknown, fields: object = {}) =>
  readText(JSON.stringify({ model: 'm', messages, ...fields }));
const identityOf = (message: object) => read([message])?.turns[1]?.identity;
const outline = (messages: unknown) =>
  read(messages)?.turns.map(({ role, texts }) => [role, ...texts.map((it) => it.text)]);

describe('turns', () => {
  test('have their roles and their texts: what tools gave back is theirs', () => {
    const call = { type: 'tool_use', id: 't', name: 'f', input: {} };
    expect(
      outline([
        { role: 'user', content: [toText('A'), image, toText('B')] },
        { role: 'assistant', content: [toText('C'), call, call] },
        { role: 'user', content: [toResult('D'), toResult([toText('E'), image]), toText('F')] },
        { role: 'assistant', content: 'G' },
        { role: 'system', content: 'H' },
        { role: 'user', content: [toResult(undefined)] },
      ]),
    ).toEqual([
      ['fixed'],
      ['user', 'A', 'B'],
      ['assistant', 'C'],
      ['tool', 'D', 'E'],
      ['user', 'F'],
      ['assistant', 'G'],
      ['fixed', 'H'],
      ['tool'],
    ]);
  });

  test('stand where they are said to stand, in order', () => {
    const body = `{"system":"x", "messages" : [ {"content":[{"content" : "y\\u00e9s","type":"tool_result"},
      {"text":"\\"text\\"" , "type":"text"}],"role":"user"}] }`;
    const texts = readText(body)?.turns.flatMap((turn) => turn.texts);
    expect(texts).toMatchObject([{ text: 'yés' }, { text: '"text"' }]);
    expect(texts?.map(({ range }) => body.slice(...range))).toEqual([
      '"y\\u00e9s"',
      '"\\"text\\""',
    ]);
  });

  test('documents are no texts of the user: citations count their characters', () => {
    const source = { type: 'text', media_type: 'text/plain', data: 'A' };
    expect(
      outline([{ role: 'user', content: [{ type: 'document', source }, toText('B')] }]),
    ).toEqual([['fixed'], ['user', 'B']]);
  });

  test('are bypassed as the cache bypasses them', () => {
    const messages = [{ role: 'user', content: 'x' }];
    expect(read(messages)?.isBypassed).toBe(false);
    expect(read(messages, { container: 'c' })?.isBypassed).toBe(true);
  });

  test('begin with the system prompt, which no later turn shares with others', () => {
    const identityWith = (system: unknown) => read([], { system })?.turns[0]?.identity;
    expect(identityWith('A')).not.toBe(identityWith('B'));
    const marked = [{ ...toText('A'), cache_control: { type: 'ephemeral' } }];
    expect(identityWith(marked)).toBe(identityWith('A'));
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
    '{"messages":[{"role":"user","content":[{"type":"text","text":"a","text":"b"}]}]}',
    '{"messages":[{"role":"user","content":[{"type":"tool_result","content":"a","content":"b"}]}]}',
    '\ufeff{"messages":[]}',
  ])('%s', (body) => {
    expect(readText(body)).toBeUndefined();
  });
});

describe('a turn is the same', () => {
  const mark = { cache_control: { type: 'ephemeral' } };

  test('as a string and as a list of one block, with the mark of the prefix cache or without', () => {
    const spellings = [
      { role: 'user', content: 'A' },
      { content: [toText('A')], role: 'user' },
      { role: 'user', content: [{ ...toText('A'), ...mark }] },
    ];
    expect(new Set(spellings.map(identityOf)).size).toBe(1);
    const results = [
      toResult('A'),
      toResult([toText('A')]),
      { ...toResult([{ ...toText('A'), ...mark }]), ...mark },
    ];
    expect(new Set(results.map((it) => identityOf({ role: 'user', content: [it] }))).size).toBe(1);
  });

  test('and another one with another role, call, text or block', () => {
    const others = [
      { role: 'user', content: 'A' },
      { role: 'assistant', content: 'A' },
      { role: 'user', content: 'B' },
      { role: 'user', content: [toText('A'), image] },
      { role: 'user', content: [toResult('A', 'a')] },
      { role: 'user', content: [toResult('A', 'b')] },
      { role: 'user', content: [{ ...toResult('A', 'b'), is_error: true }] },
    ];
    expect(new Set(others.map(identityOf)).size).toBe(others.length);
  });
});

test('a marked turn is said to be one, and is the same turn', () => {
  const message = { role: 'user', content: 'A' };
  const toTurn = (fields: object) => read([{ ...message, ...fields }])?.turns[1];
  expect(toTurn({ compress: false })).toEqual({ ...toTurn({}), isKept: true });
  expect(toTurn({ compress: true })).toEqual(toTurn({}));
});
