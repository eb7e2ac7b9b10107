import { expect, test } from 'vitest';
import type { PromptRequest } from '../../shared/prompt-request.js';
import { createSecret } from './entry-store.js';
import { createKeyMaker, toCanonicalJson } from './scope-key.js';

const request: PromptRequest = {
  query: 'Capital of France?',
  model: 'gpt',
  context: [{ role: 'system', content: 'Be brief.' }],
  params: { temperature: 0, tools: [] },
};

async function createKeys() {
  return createKeyMaker(await createSecret(), 'anna');
}

test('the order of keys in a request does not matter', async () => {
  const keys = await createKeys();
  const other = { ...request, params: { tools: [], temperature: 0 } };
  expect(await keys.toKeys(other)).toEqual(await keys.toKeys(request));
});

test.each<[string, Partial<PromptRequest>]>([
  ['the model', { model: 'other' }],
  ['an earlier turn', { context: [{ role: 'system', content: 'Be long.' }] }],
  ['a parameter', { params: { temperature: 1, tools: [] } }],
  ["the app's scope", { scope: 'ben' }],
])('another value of %s is another scope', async (_what, change) => {
  const keys = await createKeys();
  const mine = await keys.toKeys(request);
  const other = await keys.toKeys({ ...request, ...change });
  expect(other.scope).not.toBe(mine.scope);
  expect(other.key).not.toBe(mine.key);
});

test('another prompt is another key in the same scope', async () => {
  const keys = await createKeys();
  const mine = await keys.toKeys(request);
  const other = await keys.toKeys({ ...request, query: 'Capital of Spain?' });
  expect(other).toMatchObject({ scope: mine.scope, owner: mine.owner });
  expect(other.key).not.toBe(mine.key);
});

test.each([
  ['space around', '  Capital of France?\n'],
  ['line ends', 'Capital of France?\r\n'],
  ['composition', 'Capital of France?'.normalize('NFD')],
])('%s does not make another prompt', async (_what, query) => {
  const keys = await createKeys();
  expect((await keys.toKeys({ ...request, query })).key).toBe((await keys.toKeys(request)).key);
});

test('the owner is that of the scope that clear() is given', async () => {
  const keys = await createKeys();
  expect((await keys.toKeys(request)).owner).toBe(await keys.toOwner('anna'));
});

test('another secret gives other hashes', async () => {
  const [a, b] = await Promise.all([createKeys(), createKeys()]);
  expect((await a.toKeys(request)).key).not.toBe((await b.toKeys(request)).key);
});

test('a seal is of all the data and of the secret', async () => {
  const [a, b] = await Promise.all([createKeys(), createKeys()]);
  const seal = await a.toSeal({ prompt: 'p', hits: 0 });
  expect(await a.toSeal({ hits: 0, prompt: 'p' })).toBe(seal);
  expect(await a.toSeal({ prompt: 'p', hits: 1 })).not.toBe(seal);
  expect(await b.toSeal({ prompt: 'p', hits: 0 })).not.toBe(seal);
});

test('one that adopts the secret of another makes its hashes', async () => {
  const secret = await createSecret();
  const [a, b] = [createKeyMaker(secret, 'anna'), await createKeys()];
  expect(await b.toSecretId(secret)).toBe(await a.toSecretId());
  expect(await b.toSecretId()).not.toBe(await a.toSecretId());
  b.adoptSecret(secret);
  expect(await b.toKeys(request)).toEqual(await a.toKeys(request));
  expect(await b.toSecretId()).toBe(await a.toSecretId());
});

test('a request that another secret overtakes is hashed with one of them', async () => {
  const [a, b] = [await createKeys(), await createKeys()];
  const secret = await createSecret();
  const before = await a.toKeys(request);
  const pending = a.toKeys(request);
  a.adoptSecret(secret);
  expect(await pending).toEqual(before);
  expect(await a.toOwnOwner()).not.toBe(await b.toOwnOwner());
});

test('canonical JSON keeps lists in order and drops what is undefined', () => {
  expect(toCanonicalJson({ b: [2, 1], a: undefined, '': null })).toBe('{"":null,"b":[2,1]}');
});
