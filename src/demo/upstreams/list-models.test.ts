import { expect, test } from 'vitest';
import { listModels } from './list-models.js';

const server = { baseUrl: 'https://api.example.com/v1', apiKey: 'k' };

test('the names are those of the list, and the key is sent', async () => {
  const calls: [string, RequestInit | undefined][] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    calls.push([String(input), init]);
    return Response.json({ data: [{ id: 'b' }, { id: 'a' }, { id: 7 }, null] });
  };
  expect(await listModels(fetch, server)).toEqual(['b', 'a']);
  expect(calls).toEqual([
    ['https://api.example.com/v1/models', { headers: { authorization: 'Bearer k' } }],
  ]);
  await listModels(fetch, { ...server, apiKey: '' });
  expect(calls[1]?.[1]).toEqual({ headers: {} });
});

test.each([
  ['a server without the list', new Response('', { status: 404 })],
  ['a page in place of the list', new Response('<html>')],
  ['a list of another shape', Response.json(['a'])],
])('%s has no names', async (_name, response) => {
  expect(await listModels(async () => response, server)).toEqual([]);
});
