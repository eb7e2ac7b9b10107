import OpenAI from 'openai';
import { expect } from 'vitest';
import { createFakeOptimizer, type FakeOptimizerOptions } from '../client/fake-optimizer.js';
import type { Compressor } from './compress/compress-turns.js';
import { createSkimpFetch, type SkimpFetchOptions } from './fetch.js';
import type { UpstreamRequest } from './test-upstream/exchange.js';
import { loadWireFormat, wireNames } from './wire/endpoints.js';

// Their code is waited for no longer than an app's user would; a busy machine takes longer.
await Promise.all(wireNames.map(loadWireFormat));

type WorldOptions = FakeOptimizerOptions & {
  /** The option of the `fetch` under test. */
  compression?: SkimpFetchOptions['compress'];
  /** In place of the optimizer's own. */
  compressor?: Compressor;
};

/** An SDK, an optimizer and a server of its own, for one test. */
export function createWorld({
  now = () => 5_000_000,
  compression = false,
  compressor,
  ...options
}: WorldOptions = {}) {
  const root = `${location.origin}/test-upstream/${crypto.randomUUID()}`;
  const baseURL = `${root}/v1`;
  const fake = createFakeOptimizer({ now, ...options });
  const optimizer = compressor === undefined ? fake : { ...fake, compress: compressor.compress };
  let ids = 0;
  const skimpFetch = createSkimpFetch(optimizer, undefined, {
    compress: compression,
    endpoints: { [`${baseURL}/api/text`]: 'text' },
    now,
    createId: () => `id${++ids}`,
  });
  const createClient = (maxRetries = 0) =>
    new OpenAI({
      apiKey: 'sk-secret',
      baseURL,
      fetch: skimpFetch,
      dangerouslyAllowBrowser: true,
      maxRetries,
    });
  const log = async (): Promise<UpstreamRequest[]> => (await fetch(`${root}/log`)).json();
  return {
    baseURL,
    url: `${baseURL}/chat/completions`,
    optimizer,
    skimpFetch,
    client: createClient(),
    createClient,
    /** What the server received so far. */
    log,
    /** The bodies that the server received so far. */
    bodies: async () => (await log()).map(({ bodyHex }) => fromHex(bodyHex)),
    /** Lets the server's `hold-...` answers go on. */
    release: () => fetch(`${root}/release`, { method: 'POST' }),
    /** Types of the events so far, in order. */
    types: () => optimizer.trace.map(({ type }) => type),
    /** Reasons of the `cache-skip` events so far. */
    skips: () =>
      optimizer.trace.flatMap((event) => (event.type === 'cache-skip' ? [event.reason] : [])),
    /** Waits for the n-th event of a type: what follows an answer is not awaited by the app. */
    reported: (type: string, count = 1) =>
      expect.poll(() => optimizer.trace.filter((event) => event.type === type).length).toBe(count),
    /** Waits until the server has received so many requests. */
    received: (count: number) => expect.poll(async () => (await log()).length).toBe(count),
  };
}

/** Settings of a call that asks one question. */
export function ask(question: string, model = 'gpt-test') {
  return { model, messages: [{ role: 'user' as const, content: question }] };
}

/** The same as the `fetch` option of a request written by hand. */
export function toInit(body: object, init: RequestInit = {}): RequestInit {
  const headers = { 'content-type': 'application/json' };
  return { method: 'POST', headers, body: JSON.stringify(body), ...init };
}

/** Text of all deltas of a stream. */
export async function readDeltas(
  stream: AsyncIterable<OpenAI.ChatCompletionChunk>,
): Promise<string[]> {
  const deltas: string[] = [];
  for await (const chunk of stream) {
    const content = chunk.choices[0]?.delta.content;
    if (content) deltas.push(content);
  }
  return deltas;
}

function fromHex(hex: string): string {
  const bytes = Uint8Array.from({ length: hex.length / 2 }, (_, at) =>
    Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16),
  );
  return new TextDecoder().decode(bytes);
}
