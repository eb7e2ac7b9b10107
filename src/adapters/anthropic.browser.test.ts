import { APIConnectionError, type Middleware } from '@anthropic-ai/sdk';
import { describe, expect, test, vi } from 'vitest';
import { createFakeOptimizer } from '../client/fake-optimizer.js';
import { createSkimpMiddleware } from './anthropic.js';
import { askClaude, createAnthropic, textOf } from './test-anthropic.js';
import { createWorld } from './test-world.js';

describe('the middleware', () => {
  test('throws nothing of its own: a defect lets the call go out, and says so', async () => {
    const world = createWorld();
    const lookup = async () => {
      throw new TypeError('a defect');
    };
    const client = createAnthropic(
      { ...world, optimizer: { ...world.optimizer, lookup } },
      'middleware',
    );
    expect(textOf(await client.messages.create(askClaude('x')))).toBeTruthy();
    expect(world.optimizer.trace).toMatchObject([{ type: 'fallback', code: 'internal' }]);
  });

  test("leaves the network's failures to the SDK, which tries again", async () => {
    const failing = vi.fn<typeof fetch>(() => Promise.reject(new TypeError('Failed to fetch')));
    const client = createAnthropic(createWorld(), 'middleware', { maxRetries: 1 });
    const call = client.withOptions({ fetch: failing }).messages.create(askClaude('x'));
    await expect(call).rejects.toBeInstanceOf(APIConnectionError);
    expect(failing).toHaveBeenCalledTimes(2);
  });

  test('hands on calls that are none for skimp with all that they are', async () => {
    const optimizer = createFakeOptimizer();
    const middleware = createSkimpMiddleware(optimizer);
    const answer = new Response('{}');
    const next = vi.fn(async () => answer);
    const headers = new Headers({ 'x-api-key': 'k' });
    const request = {
      url: 'https://api.example/v1/messages/count_tokens',
      method: 'POST',
      headers,
    };
    expect(await middleware(request, next)).toBe(answer);
    expect(next).toHaveBeenCalledWith(request);
    expect(optimizer.trace).toEqual([]);
  });

  test('stands beside others, before and behind it', async () => {
    const world = createWorld();
    const seen: string[] = [];
    const spy =
      (name: string): Middleware =>
      (request, next) => {
        seen.push(name);
        return next(request);
      };
    const skimp = createSkimpMiddleware(world.optimizer);
    const client = createAnthropic(world, 'middleware').withOptions({
      middleware: [spy('before'), skimp, spy('behind')],
    });
    await client.messages.create(askClaude('x'));
    await world.reported('cache-store');
    await client.messages.create(askClaude('x'));
    expect(seen).toEqual(['before', 'behind', 'before']);
  });

  test('refuses a wrong option at once', () => {
    const create = () =>
      createSkimpMiddleware(createFakeOptimizer(), { compress: { keepRatio: 2 } });
    expect(create).toThrow(expect.objectContaining({ code: 'invalid-option' }));
  });
});
