import { expect, test } from 'vitest';
import { estimateTokens, loadTokenCounter } from './compress/token-counting.js';
import { measureCall } from './measure-call.js';

const estimate = { counter: 'estimate', prices: {} } as const;
const system = 'You are a patient librarian who answers in one sentence.';
const query = 'How do I renew a book that someone else has asked for?';
const answer = 'You cannot renew it, but you may ask again once it is back on the shelf.';
const request = {
  query,
  model: 'gpt-4o',
  context: [{ role: 'system', content: [{ type: 'text', text: system }] }],
  params: {},
};

test("the provider's own counts are taken, and priced", async () => {
  const tokens = { promptTokens: 1_000_000, completionTokens: 200_000 };
  expect(await measureCall({ models: ['gpt-4o'], tokens }, estimate)).toEqual({
    ...tokens,
    usd: 4.5,
    estimatedCalls: 0,
    unpricedCalls: 0,
  });
});

test('a model without a price has its tokens counted, and no money', async () => {
  const tokens = { promptTokens: 10, completionTokens: 20 };
  expect(await measureCall({ models: ['mystery'], tokens }, estimate)).toEqual({
    ...tokens,
    usd: 0,
    estimatedCalls: 0,
    unpricedCalls: 1,
  });
});

test('texts are counted where no provider did, earlier turns among them', async () => {
  const call = { models: ['gpt-4o'], tokens: { request, answer } };
  const measured = await measureCall(call, estimate);
  const least = estimateTokens(system) + estimateTokens(query);
  expect(measured.promptTokens).toBeGreaterThanOrEqual(least);
  expect(measured.promptTokens).toBeLessThanOrEqual(least + 4); // the names of role and type
  expect(measured).toMatchObject({
    completionTokens: estimateTokens(answer),
    estimatedCalls: 1,
    unpricedCalls: 0,
  });
});

test('they are counted exactly where the app asks for it', async () => {
  const call = { models: [], tokens: { request: { ...request, context: [] }, answer } };
  const count = await loadTokenCounter('exact');
  expect(await measureCall(call, { ...estimate, counter: 'exact' })).toMatchObject({
    promptTokens: count(query),
    completionTokens: count(answer),
  });
});

test('an image in an earlier turn is no text', async () => {
  const url = `data:image/png;base64,${'iVBORw0KGgo'.repeat(10_000)}`;
  const context = [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }];
  const call = { models: [], tokens: { request: { ...request, context }, answer } };
  expect((await measureCall(call, estimate)).promptTokens).toBeLessThan(40);
});
