import { expect, test } from 'vitest';
import { findWireName, loadWireFormat, wireNames } from './endpoints.js';

const find = (href: string, endpoints = {}) => findWireName(new URL(href), endpoints);

test.for([
  ['https://api.openai.com/v1/chat/completions', 'openai-chat'],
  ['https://api.example/chat/completions/', 'openai-chat'],
  ['https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=1', 'openai-chat'],
  ['https://api.openai.com/v1/chat/completions/chatcmpl-1', undefined],
  ['https://api.openai.com/v1/responses', 'openai-responses'],
  ['https://x.openai.azure.com/openai/v1/responses?api-version=preview', 'openai-responses'],
  ['https://api.openai.com/v1/responses/resp_1', undefined],
  ['https://api.openai.com/v1/responses/input_tokens', undefined],
  ['https://api.anthropic.com/v1/messages', 'anthropic-messages'],
  ['https://api.anthropic.com/v1/messages?beta=true', 'anthropic-messages'],
  ['https://api.anthropic.com/v1/messages/count_tokens', undefined],
  ['https://api.openai.com/v1/threads/thread_1/messages', undefined],
  ['https://api.openai.com/v1/completions', undefined],
  ['https://api.example/v1/embeddings?next=/chat/completions', undefined],
  ['https://app.example/api/chat', 'ui-messages'],
  ['https://app.example/docs/api/chat/', 'ui-messages'],
  ['https://app.example/api/completion', 'ui-messages'],
  ['https://app.example/api/chat/chat-1/stream', undefined],
  ['https://app.example/api/chats', undefined],
] as const)('%s is %s', ([href, name]) => {
  expect(find(href)).toBe(name);
});

test('an app names its own endpoints, by path or by URL, and switches off what only looks like one', () => {
  const endpoints = {
    '/ask': 'openai-chat',
    'https://api.example/ask': false,
    '/chat/completions': false,
  } as const;
  expect(find('https://app.example/ask?x=1', endpoints)).toBe('openai-chat');
  expect(find('https://api.example/ask', endpoints)).toBeUndefined();
  expect(find('https://app.example/chat/completions', endpoints)).toBeUndefined();
  expect(find('https://app.example/v1/chat/completions', endpoints)).toBe('openai-chat');
  expect(find('https://app.example/constructor', endpoints)).toBeUndefined();
});

test('an app names one format for all that it does not name', () => {
  const endpoints = { '*': 'ui-messages', '/log': false } as const;
  expect(find('https://app.example/anything', endpoints)).toBe('ui-messages');
  expect(find('https://app.example/log', endpoints)).toBeUndefined();
});

test('an answer of plain text is read only where the app says so', () => {
  expect(find('https://app.example/text')).toBeUndefined();
  expect(find('https://app.example/api/chat', { '/api/chat': 'text' })).toBe('text');
});

test.for(wireNames)('%s can be loaded', async (name) => {
  expect(Object.keys(await loadWireFormat(name)).toSorted()).toEqual([
    'createCollector',
    'parseRequest',
    'replay',
  ]);
});
