import { describe, expect, test } from 'vitest';
import { openaiResponses } from './openai-responses.js';

const url = new URL('https://api.example:8443/v1/responses');
const question = { role: 'user', content: 'Why?' };

const notText = "the last turn is not the user's, or not plain text";
const noCall = 'the body is no call for a response';

const parse = (fields: object, at = url) =>
  openaiResponses.parseRequest(
    at,
    JSON.stringify({ model: 'gpt-test', input: 'Why?', store: false, ...fields }),
  );
const toRequest = (fields: object) => {
  const parsed = parse(fields);
  return typeof parsed === 'string' ? parsed : parsed.request;
};

describe('the prompt', () => {
  test('holds all that changes the answer, and nothing else', () => {
    const tools = [{ type: 'function', name: 'get_time', parameters: {} }];
    const inKey = {
      temperature: 0,
      max_output_tokens: 100,
      tools,
      tool_choice: 'auto',
      reasoning: { effort: 'low' },
      text: { format: { type: 'json_schema', name: 'x', schema: {} }, verbosity: 'low' },
      made_up: [1],
    };
    const notInKey = {
      stream: true,
      stream_options: { include_obfuscation: false },
      user: 'u',
      safety_identifier: 's',
      metadata: { a: 'b' },
      service_tier: 'flex',
      prompt_cache_key: 'k',
      prompt_cache_options: { ttl: '12h' },
      prompt_cache_retention: '24h',
    };
    expect(parse({ ...inKey, ...notInKey, instructions: 'Be short.' })).toEqual({
      request: {
        query: 'Why?',
        model: 'gpt-test',
        context: { instructions: 'Be short.', input: [] },
        params: {
          endpoint: 'api.example:8443/v1/responses',
          settings: inKey,
          turn: {},
          isStored: false,
        },
      },
      isStored: false,
      stream: true,
      includeUsage: true,
    });
  });

  test.for([[{ store: true }], [{ store: undefined }], [{ store: null }]] as const)(
    'is another one where the provider keeps the answer: %j',
    ([fields]) => {
      expect(parse(fields)).toMatchObject({
        isStored: true,
        request: { params: { isStored: true } },
      });
    },
  );

  test('is the same however the input is spelled', () => {
    const spellings = [
      'Why?',
      [question],
      [{ ...question, type: 'message', id: 'msg_1', status: 'completed' }],
      [{ role: 'user', content: [{ type: 'input_text', text: 'Why?' }] }],
      [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'Why?', prompt_cache_breakpoint: { mode: 'explicit' } },
          ],
        },
      ],
    ];
    expect(new Set(spellings.map((input) => JSON.stringify(toRequest({ input })))).size).toBe(1);
  });

  test('has earlier turns as its context, without the ids that differ from call to call', () => {
    const toOutput = (id: string, text: string) => ({
      id,
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
    });
    const ask = (...answer: [string, string]) =>
      toRequest({ input: [{ role: 'user', content: 'Who?' }, toOutput(...answer), question] });
    expect(ask('msg_1', 'He.')).toEqual(ask('msg_2', 'He.'));
    expect(ask('msg_1', 'He.')).not.toEqual(ask('msg_1', 'She.'));
    expect(ask('msg_1', 'He.')).toMatchObject({
      query: 'Why?',
      context: {
        input: [
          { role: 'user', content: 'Who?' },
          { role: 'assistant', content: 'He.' },
        ],
      },
    });
  });

  test('tells instructions, calls of tools and images before it apart', () => {
    const image = { type: 'input_image', image_url: 'data:,' };
    const contexts = [
      {},
      { instructions: 'Be short.' },
      { instructions: 'Be long.' },
      { input: [{ role: 'system', content: 'Be short.' }, question] },
      { input: [{ role: 'user', content: [image] }, question] },
      { input: [{ type: 'function_call', call_id: 'a', name: 'f', arguments: '{}' }, question] },
      { input: [{ type: 'function_call_output', call_id: 'a', output: 'x' }, question] },
      { input: [{ type: 'reasoning', id: 'rs_1', summary: [] }, question] },
    ];
    expect(new Set(contexts.map((it) => JSON.stringify(toRequest(it)))).size).toBe(contexts.length);
  });
});

describe('bypass', () => {
  const image = { type: 'input_image', image_url: 'data:,' };
  const file = { type: 'input_file', file_id: 'file_1' };
  const text = { type: 'input_text', text: 'x' };

  test.for([
    [{ previous_response_id: 'resp_1' }, 'the request has previous_response_id'],
    [{ conversation: 'conv_1' }, 'the request has conversation'],
    [{ background: true }, 'the request has background'],
    [{ prompt: { id: 'pmpt_1' } }, 'the request has prompt'],
    [{ moderation: { model: 'm' } }, 'the request has moderation'],
    [{ top_logprobs: 3 }, 'the request has top_logprobs'],
    [{ tools: [{ type: 'web_search' }] }, 'hosted tools'],
    [{ tools: [{ type: 'mcp', server_label: 'x' }] }, 'hosted tools'],
    [{ prompt_cache_options: { prewarm: true } }, 'the request only warms up a cache'],
    [{ model: undefined }, noCall],
    [{ input: undefined }, noCall],
    [{ input: [] }, noCall],
    [{ input: ['Why?'] }, noCall],
    [{ input: { role: 'user' } }, noCall],
    [{ input: [{ role: 'assistant', content: 'x' }] }, notText],
    [{ input: [{ role: 'developer', content: 'x' }] }, notText],
    [{ input: [{ type: 'function_call_output', call_id: 'a', output: 'x' }] }, notText],
    [{ input: [{ type: 'item_reference', id: 'msg_1' }] }, notText],
    [{ input: [{ role: 'user', content: [text, image] }] }, notText],
    [{ input: [{ role: 'user', content: [text, file] }] }, notText],
    [{ input: [{ role: 'user', content: [{ ...text, odd: 1 }] }] }, notText],
    [{ input: [{ role: 'user' }] }, notText],
  ] as const)('%j: %s', ([fields, reason]) => {
    expect(parse(fields)).toBe(reason);
  });

  test.for(['', 'hello', '[]', 'null', '{"model":'])('a body that is no object: %j', (body) => {
    expect(openaiResponses.parseRequest(url, body)).toBe('the body is not a JSON object');
  });

  test('a URL with parameters that may hold a key, but not a version', () => {
    expect(parse({}, new URL('?key=secret', url))).toBe('the URL has query parameters');
    expect(parse({}, new URL('?api-version=preview', url))).toMatchObject({
      request: { params: { endpoint: 'api.example:8443/v1/responses?api-version=preview' } },
    });
  });

  test.for([
    { previous_response_id: null, conversation: null, background: false, tools: [] },
    { tools: [{ type: 'custom', name: 'x' }] },
    { include: ['reasoning.encrypted_content'] },
  ])('not for fields that ask for nothing: %j', (fields) => {
    expect(parse(fields)).toMatchObject({ request: { query: 'Why?' } });
  });
});
