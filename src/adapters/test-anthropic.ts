import { Anthropic } from '@anthropic-ai/sdk';
import type { Optimizer } from '../client/optimizer.js';
import { createSkimpMiddleware } from './anthropic.js';
import type { SkimpFetchOptions } from './fetch.js';

/** The two ways into Anthropic's SDK. */
export const ways = ['fetch', 'middleware'] as const;

/** What a test works in. */
type World = {
  readonly baseURL: string;
  readonly optimizer: Optimizer;
  readonly skimpFetch: typeof fetch;
};

/** Anthropic's SDK, in a test's world. */
export function createAnthropic(
  { baseURL, optimizer, skimpFetch }: World,
  way: (typeof ways)[number],
  { maxRetries = 0, ...options }: SkimpFetchOptions & { maxRetries?: number } = {},
): Anthropic {
  let ids = 0;
  const fresh = { now: () => 5_000_000, createId: () => `id${++ids}`, ...options };
  return new Anthropic({
    apiKey: 'sk-secret',
    baseURL: baseURL.replace(/\/v1$/, ''),
    dangerouslyAllowBrowser: true,
    maxRetries,
    ...(way === 'fetch'
      ? { fetch: skimpFetch }
      : { middleware: [createSkimpMiddleware(optimizer, fresh)] }),
  });
}

/** Settings of a call that asks one question. */
export function askClaude(content: Anthropic.MessageParam['content'], model = 'claude-test') {
  return { model, max_tokens: 100, messages: [{ role: 'user' as const, content }] };
}

/** The text of a message. */
export function textOf({ content }: Anthropic.Message): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}
