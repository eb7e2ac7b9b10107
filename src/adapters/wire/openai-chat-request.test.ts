import { describe, expect, test } from 'vitest';
import { openaiChat } from './openai-chat.js';

const url = new URL('https://api.example:8443/v1/chat/completions');
const question = { role: 'user', content: 'Why?' };

const notText = "the last turn is not the user's, or not plain text";

const parse = (fields: object, at = url) =>
  openaiChat.parseRequest(
    at,
    JSON.stringify({ model: 'gpt-test', messages: [question], ...fields }),
  );

describe('the prompt', () => {
  test('holds all that changes the answer, and nothing else', () => {
    const system = { role: 'system', content: 'Be short.' };
    const tools = [{ type: 'function', function: { name: 'get_time' } }];
    const inKey = { temperature: 0, tools, n: 1, logprobs: false, made_up: [1] };
    const notInKey = {
      stream: true,
      stream_options: { include_usage: true },
      user: 'u',
      safety_identifier: 's',
      metadata: { a: 'b' },
      store: true,
      service_tier: 'flex',
      prompt_cache_key: 'k',
      prompt_cache_options: {},
      prompt_cache_retention: '24h',
    };
    expect(parse({ ...inKey, ...notInKey, messages: [system, question] })).toEqual({
      request: {
        query: 'Why?',
        model: 'gpt-test',
        context: [system],
        params: { endpoint: 'api.example:8443/v1/chat/completions', settings: inKey, turn: {} },
      },
      stream: true,
      includeUsage: true,
    });
  });

  test.for([
    ['a string', 'Why?', 'Why?'],
    ['one part', [{ type: 'text', text: 'Why?' }], 'Why?'],
    [
      'parts',
      [
        { type: 'text', text: 'A' },
        { type: 'text', text: 'B' },
      ],
      'A\nB',
    ],
    ['a marked part', [{ type: 'text', text: 'A', cache_control: { type: 'ephemeral' } }], 'A'],
    ['an empty string', '', ''],
  ] as const)('takes its text from %s', ([, content, query]) => {
    expect(parse({ messages: [{ role: 'user', content }] })).toMatchObject({ request: { query } });
  });

  test('tells turns of two named users apart', () => {
    expect(parse({ messages: [{ ...question, name: 'Ann' }] })).toMatchObject({
      request: { params: { turn: { name: 'Ann' } } },
    });
  });

  test("tells versions of Azure's API apart", () => {
    const azure = new URL('https://x.example/chat/completions?api-version=2026-01-01');
    expect(parse({}, azure)).toMatchObject({
      request: { params: { endpoint: 'x.example/chat/completions?api-version=2026-01-01' } },
    });
  });
});

describe('bypass', () => {
  const image = { type: 'image_url', image_url: { url: 'data:,' } };
  const audio = { type: 'input_audio', input_audio: { data: '', format: 'wav' } };

  test.for([
    [{ n: 2 }, 'n is not 1'],
    [{ logprobs: true }, 'the request has logprobs'],
    [{ top_logprobs: 3 }, 'the request has top_logprobs'],
    [{ modalities: ['text', 'audio'] }, 'modalities other than text'],
    [{ audio: { voice: 'alloy', format: 'wav' } }, 'the request has audio'],
    [{ previous_response_id: 'resp_1' }, 'the request has previous_response_id'],
    [{ conversation: 'conv_1' }, 'the request has conversation'],
    [{ background: true }, 'the request has background'],
    [{ web_search_options: {} }, 'the request has web_search_options'],
    [{ moderation: { model: 'm' } }, 'the request has moderation'],
    [{ prediction: { type: 'content', content: 'x' } }, 'the request has prediction'],
    [{ tools: [{ type: 'web_search' }] }, 'hosted tools'],
    [{ tools: ['x'] }, 'hosted tools'],
    [{ model: undefined }, 'the body is no chat completion'],
    [{ messages: undefined }, 'the body is no chat completion'],
    [{ messages: [] }, 'the body is no chat completion'],
    [{ messages: ['Why?'] }, 'the body is no chat completion'],
    [{ messages: [{ role: 'assistant', content: 'x' }] }, notText],
    [{ messages: [{ role: 'tool', content: 'x' }] }, notText],
    [{ messages: [{ role: 'user', content: [image] }] }, notText],
    [{ messages: [{ role: 'user', content: [audio] }] }, notText],
    [{ messages: [{ role: 'user', content: null }] }, notText],
    [{ messages: [{ role: 'user', content: [{ type: 'text', text: 'x', odd: 1 }] }] }, notText],
  ] as const)('%j: %s', ([fields, reason]) => {
    expect(parse(fields)).toBe(reason);
  });

  test.for(['', 'hello', '[]', 'null', '{"model":'])('a body that is no object: %j', (body) => {
    expect(openaiChat.parseRequest(url, body)).toBe('the body is not a JSON object');
  });

  test('a URL with parameters that may hold a key', () => {
    expect(parse({}, new URL('?key=secret', url))).toBe('the URL has query parameters');
  });

  test.for([
    { n: null, logprobs: null, background: false, modalities: ['text'], tools: [] },
    { tools: [{ type: 'custom', custom: { name: 'x' } }] },
  ])('not for fields that ask for nothing: %j', (fields) => {
    expect(parse(fields)).toMatchObject({ request: { query: 'Why?' } });
  });
});
