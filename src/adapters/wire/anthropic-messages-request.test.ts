import { describe, expect, test } from 'vitest';
import { anthropicMessages } from './anthropic-messages.js';

const url = new URL('https://api.example:8443/v1/messages');
const question = { role: 'user', content: 'Why?' };
const mark = { cache_control: { type: 'ephemeral' } };

const notText = "the last turn is not the user's, or not plain text";
const noCall = 'the body is no call for a message';

const parse = (fields: object, at = url) =>
  anthropicMessages.parseRequest(
    at,
    JSON.stringify({ model: 'claude-test', messages: [question], ...fields }),
  );
const toRequest = (fields: object) => {
  const parsed = parse(fields);
  return typeof parsed === 'string' ? parsed : parsed.request;
};

describe('the prompt', () => {
  test('holds all that changes the answer, and nothing else', () => {
    const tool = { name: 'get_time', input_schema: { properties: { cache_control: {} } } };
    const inKey = {
      max_tokens: 100,
      temperature: 0,
      stop_sequences: ['x'],
      tool_choice: { type: 'auto' },
      thinking: { type: 'adaptive', display: 'omitted' },
      output_config: { effort: 'low', format: { type: 'json_schema', schema: {} } },
      made_up: [1],
    };
    const notInKey = { stream: true, metadata: { user_id: 'u' }, service_tier: 'auto', ...mark };
    const fields = { ...inKey, ...notInKey, system: 'Be short.', tools: [{ ...tool, ...mark }] };
    expect(parse(fields)).toEqual({
      request: {
        query: 'Why?',
        model: 'claude-test',
        context: { system: 'Be short.', messages: [] },
        params: {
          endpoint: 'api.example:8443/v1/messages',
          settings: { ...inKey, tools: [tool] },
          turn: {},
        },
      },
      stream: true,
      includeUsage: true,
    });
  });

  test('is the same with the marks of a prefix cache and without, in text, system and results', () => {
    const toFields = (at: number) => {
      const markOf = (place: number) => (place === at ? mark : {});
      const toText = (place: number, text: string) => ({ type: 'text', text, ...markOf(place) });
      const result = { type: 'tool_result', tool_use_id: 't', content: [toText(3, 'x')] };
      const image = { type: 'image', source: { type: 'url', url: 'data:,' }, ...markOf(4) };
      return {
        system: [toText(1, 'Be short.')],
        messages: [
          { role: 'user', content: [toText(2, 'Who?'), image] },
          { role: 'assistant', content: [toText(5, 'He.')] },
          { role: 'user', content: [{ ...result, ...markOf(6) }] },
          { role: 'user', content: [toText(7, 'Why?')] },
        ],
      };
    };
    const plain = toRequest(toFields(0));
    for (const at of [1, 2, 3, 4, 5, 6, 7]) expect(toRequest(toFields(at))).toEqual(plain);
    expect(plain).toMatchObject({
      query: 'Why?',
      context: { system: 'Be short.', messages: [{}, { content: 'He.' }, {}] },
    });
  });

  test('tells system prompts, earlier turns, thinking and schemas apart', () => {
    const contexts = [
      {},
      { system: 'Be short.' },
      { system: 'Be long.' },
      { messages: [{ role: 'system', content: 'Be short.' }, question] },
      { messages: [question, { role: 'assistant', content: 'x' }, question] },
      { thinking: { type: 'adaptive' } },
      { output_config: { effort: 'high' } },
    ];
    expect(new Set(contexts.map((it) => JSON.stringify(toRequest(it)))).size).toBe(contexts.length);
  });
});

describe('bypass', () => {
  const text = { type: 'text', text: 'x' };
  const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: '' } };
  const document = { type: 'document', source: { type: 'text', data: 'x' } };
  const result = { type: 'tool_result', tool_use_id: 'toolu_1', content: 'x' };

  test.for([
    [{ container: 'c' }, 'the request has container'],
    [{ mcp_servers: [{}] }, 'the request has mcp_servers'],
    [{ thread: { id: 't' } }, 'the request has thread'],
    [{ fallbacks: [{}] }, 'the request has fallbacks'],
    [{ fallback_credit_token: 'x' }, 'the request has fallback_credit_token'],
    [{ tools: [{ type: 'web_search_20250305', name: 'web_search' }] }, 'hosted tools'],
    [{ tools: ['x'] }, 'hosted tools'],
    [{ model: undefined }, noCall],
    [{ messages: undefined }, noCall],
    [{ messages: [] }, noCall],
    [{ messages: ['Why?'] }, noCall],
    [{ messages: [{ role: 'assistant', content: 'x' }] }, notText],
    [{ messages: [{ role: 'user', content: [text, image] }] }, notText],
    [{ messages: [{ role: 'user', content: [document, text] }] }, notText],
    [{ messages: [{ role: 'user', content: [result] }] }, notText],
    [{ messages: [{ role: 'user', content: [result, text] }] }, notText],
    [{ messages: [{ role: 'user', content: [{ ...text, odd: 1 }] }] }, notText],
    [{ messages: [{ role: 'user' }] }, notText],
  ] as const)('%j: %s', ([fields, reason]) => {
    expect(parse(fields)).toBe(reason);
  });

  test.for(['', 'hello', '[]', 'null', '{"model":'])('a body that is no object: %j', (body) => {
    expect(anthropicMessages.parseRequest(url, body)).toBe('the body is not a JSON object');
  });

  test('a URL with parameters that may hold a key, but not the mark of a beta', () => {
    expect(parse({}, new URL('?key=secret', url))).toBe('the URL has query parameters');
    expect(parse({}, new URL('?beta=true', url))).toMatchObject({
      request: { params: { endpoint: 'api.example:8443/v1/messages?beta=true' } },
    });
  });

  test.for([
    { container: null, tools: [], thinking: { type: 'disabled' } },
    { tools: [{ type: 'custom', name: 'x' }] },
    { tools: [{ type: null, name: 'x' }] },
  ])('not for fields that ask for nothing: %j', (fields) => {
    expect(parse(fields)).toMatchObject({ request: { query: 'Why?' } });
  });
});
