import { describe, expect, test } from 'vitest';
import { readResponsesConversation } from './openai-responses-conversation.js';

const url = new URL('https://api.example/v1/responses');
const image = { type: 'input_image', image_url: 'data:,' };

const readText = (body: string) => readResponsesConversation(url, body);
const read = (input: unknown, fields: object = {}) =>
  readText(JSON.stringify({ model: 'm', input, ...fields }));
const identityOf = (item: object) => read([item])?.turns[1]?.identity;

describe('turns', () => {
  test('have their roles and their texts: what tools gave back is theirs', () => {
    const content = [{ type: 'input_text', text: 'A' }, image, { type: 'input_text', text: 'B' }];
    const conversation = read([
      { role: 'developer', content: 'Be short.' },
      { role: 'user', content },
      { type: 'reasoning', id: 'rs_1', summary: [] },
      { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c', output: 'C' },
      {
        type: 'function_call_output',
        call_id: 'c',
        output: [{ type: 'input_text', text: 'D' }, image],
      },
      { type: 'custom_tool_call_output', call_id: 'c', output: 'E' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'F' }] },
      { role: 'assistant', content: 'G' },
    ]);
    expect(conversation?.isBypassed).toBe(false);
    expect(
      conversation?.turns.map(({ role, texts }) => [role, ...texts.map((it) => it.text)]),
    ).toEqual([
      ['fixed'],
      ['fixed', 'Be short.'],
      ['user', 'A', 'B'],
      ['assistant'],
      ['assistant'],
      ['tool', 'C'],
      ['tool', 'D'],
      ['tool', 'E'],
      ['assistant'],
      ['assistant', 'G'],
    ]);
  });

  test('may be one, a string', () => {
    const body = '{"metadata":{"input":"no"}, "input" : "y\\u00e9s" ,"model":"m"}';
    const [, turn] = readText(body)?.turns ?? [];
    expect(turn).toMatchObject({ role: 'user', texts: [{ text: 'yés' }] });
    expect(body.slice(...(turn?.texts[0]?.range ?? [0, 0]))).toBe('"y\\u00e9s"');
    expect(turn?.identity).toBe(identityOf({ role: 'user', content: 'yés' }));
  });

  test('are compressed whether the provider stores the answer or not, and bypassed with hosted tools', () => {
    expect(read('x')?.isBypassed).toBe(false);
    expect(read('x', { store: false })?.isBypassed).toBe(false);
    expect(read('x', { previous_response_id: 'resp_1' })?.isBypassed).toBe(true);
    expect(read('x', { tools: [{ type: 'web_search' }] })?.isBypassed).toBe(true);
  });

  test('begin with the instructions, which no later turn shares with others', () => {
    const [plain] = read('x')?.turns ?? [];
    const [short] = read('x', { instructions: 'Be short.' })?.turns ?? [];
    expect(plain?.identity).not.toBe(short?.identity);
  });
});

describe('what is odd is not read', () => {
  test.for([
    '',
    'hello',
    '[]',
    '{"input":{}}',
    '{"model":"m"}',
    '{"input":["x"]}',
    '{"input":[],"input":[]}',
    '{"input":[{"role":"user","content":"a","content":"b"}]}',
    '{"input":[{"role":"user","content":[{"type":"input_text","text":"a","text":"b"}]}]}',
    '{"input":[{"type":"function_call_output","output":"a","output":"b"}]}',
    '\ufeff{"input":[]}',
  ])('%s', (body) => {
    expect(readText(body)).toBeUndefined();
  });
});

describe('a turn is the same', () => {
  test('as a string and in parts, with an id, a status and the mark of a prefix cache or without', () => {
    const mark = { prompt_cache_breakpoint: { mode: 'explicit' } };
    const spellings = [
      { role: 'user', content: 'A' },
      { content: 'A', role: 'user', type: 'message' },
      { role: 'user', content: [{ type: 'input_text', text: 'A' }] },
      { role: 'user', content: [{ type: 'input_text', text: 'A', ...mark }], id: 'msg_1' },
      { role: 'user', content: 'A', status: 'completed' },
    ];
    expect(new Set(spellings.map(identityOf)).size).toBe(1);
  });

  test('and another one with another role, call, text or part', () => {
    const others = [
      { role: 'user', content: 'A' },
      { role: 'assistant', content: 'A' },
      { role: 'user', content: 'B' },
      { role: 'user', content: [{ type: 'input_text', text: 'A' }, image] },
      { type: 'function_call_output', call_id: 'a', output: 'A' },
      { type: 'function_call_output', call_id: 'b', output: 'A' },
      { type: 'function_call_output', call_id: 'a', output: 'B' },
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
