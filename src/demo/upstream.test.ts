import { expect, test } from 'vitest';
import { defaultSettings } from './settings.js';
import { SettingsError, toUpstreamCall } from './upstream.js';

const messages = [{ role: 'user', content: 'Hello?' }] as const;
const custom = {
  ...defaultSettings,
  upstream: 'custom',
  baseUrl: ' https://api.example.com/v1/ ',
  model: 'm-1',
} as const;

test('the built-in FAQ server is asked on the same origin, with its latency', () => {
  const { url, init } = toUpstreamCall({ ...defaultSettings, faqLatencyMs: 1_000 }, messages);
  expect(url).toBe('/v1/chat/completions');
  expect(init.headers).toMatchObject({ 'x-faq-latency-ms': '1000', 'x-faq-chunk-ms': '20' });
});

test('a model of the user is asked by its base URL, with the key', () => {
  const { url, init } = toUpstreamCall({ ...custom, apiKey: 'k' }, messages);
  expect(url).toBe('https://api.example.com/v1/chat/completions');
  expect(init.headers).toEqual({
    'content-type': 'application/json',
    authorization: 'Bearer k',
  });
  expect(JSON.parse(String(init.body))).toEqual({
    model: 'm-1',
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
});

test('without a key no authorization is sent', () => {
  expect(toUpstreamCall(custom, messages).init.headers).not.toHaveProperty('authorization');
});

test.each([
  ['no base URL', { baseUrl: '' }],
  ['a base URL of another kind', { baseUrl: 'javascript:alert(1)' }],
  ['no model', { model: ' ' }],
])('%s is told in words', (_name, part) => {
  expect(() => toUpstreamCall({ ...custom, ...part }, messages)).toThrow(SettingsError);
});

test('the local language model is asked on the same origin, by its name', () => {
  const { url, init } = toUpstreamCall({ ...defaultSettings, upstream: 'llm' }, messages);
  expect(url).toBe('/v1/chat/completions');
  expect(JSON.parse(String(init.body))).toMatchObject({ model: 'smollm2-135m-instruct' });
  expect(init.headers).toEqual({ 'content-type': 'application/json' });
});

test('the browser’s own model is asked by a path of its own', () => {
  const { url } = toUpstreamCall({ ...defaultSettings, upstream: 'prompt-api' }, messages);
  expect(url).toBe('/prompt-api/v1/chat/completions');
});
