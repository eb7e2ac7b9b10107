import { expect, test } from 'vitest';
import type { PromptRequest } from '../shared/prompt-request.js';
import { createFakeOptimizer } from './fake-optimizer.js';

const request: PromptRequest = { query: 'Capital of France?', model: 'm', context: [], params: {} };
const response = { text: 'Paris', model: 'm-1' };

test('a stored answer is found again, with its age', async () => {
  let time = 1000;
  const optimizer = createFakeOptimizer({ now: () => time });
  const { key } = { key: '', ...(await optimizer.store(request, response)) };
  time = 4000;
  expect(await optimizer.lookup(request)).toMatchObject({
    kind: 'hit',
    tier: 'exact',
    key,
    response,
    matchedPrompt: 'Capital of France?',
    ageMs: 3000,
  });
  expect(optimizer.trace.map(({ type, at }) => [type, at])).toEqual([
    ['cache-store', 1000],
    ['cache-hit', 4000],
  ]);
});

test('a miss names the entry that the answer will have', async () => {
  const optimizer = createFakeOptimizer();
  const miss = await optimizer.lookup(request);
  expect(miss).toMatchObject({ kind: 'miss', reason: 'no-candidate' });
  expect(await optimizer.store(request, response)).toMatchObject({ stored: true, key: miss.key });
});

test.for([
  ['scope', { scope: 'other' }],
  ['model', { model: 'other' }],
  ['context', { context: [{ role: 'system', content: 'Be rude.' }] }],
  ['params', { params: { temperature: 1 } }],
] as const)('an answer of another %s is a miss, whatever `match` says', async ([, change]) => {
  const optimizer = createFakeOptimizer({ match: (_query, [stored]) => stored });
  await optimizer.store(request, response);
  expect((await optimizer.lookup({ ...request, ...change })).kind).toBe('miss');
});

test('what hits save is summed, and a wrong one takes its part back', async () => {
  const optimizer = createFakeOptimizer();
  const usage = { promptTokens: 10, completionTokens: 20 };
  await optimizer.store(request, { ...response, usage, latencyMs: 500 });
  const { key = '' } = await optimizer.lookup(request);
  await optimizer.lookup(request);
  const { session, scope, total } = await optimizer.stats();
  expect(session).toMatchObject({
    callsAvoided: 2,
    promptTokens: 20,
    completionTokens: 40,
    unpricedCalls: 2,
    netMs: 1_000,
  });
  expect([scope, total]).toEqual([session, session]);
  await optimizer.reportWrongHit(key);
  expect((await optimizer.stats()).total).toMatchObject({ callsAvoided: 1, promptTokens: 10 });
});

test('shadow mode withholds hits and tells of them', async () => {
  const optimizer = createFakeOptimizer({ mode: 'shadow', match: (_query, [stored]) => stored });
  await optimizer.store(request, response);
  expect(await optimizer.lookup(request)).toMatchObject({ reason: 'shadow', detail: 'exact' });
  const other = { ...request, query: "What is France's capital?" };
  const miss = await optimizer.lookup(other);
  expect(miss).toMatchObject({
    reason: 'shadow',
    detail: 'semantic',
    nearest: { matchedPrompt: request.query },
  });
  expect(await optimizer.store(other, response)).toMatchObject({ key: miss.key });
  expect([optimizer.joinFlight('k').role, optimizer.joinFlight('k').role]).toEqual([
    'leader',
    'leader',
  ]);
});

test('`match` chooses the stored prompt that answers another wording', async () => {
  const optimizer = createFakeOptimizer({ match: (_query, [stored]) => stored });
  await optimizer.store(request, response);
  const result = await optimizer.lookup({ ...request, query: "What is France's capital?" });
  expect(result).toMatchObject({ kind: 'hit', tier: 'semantic', response });
  expect(await optimizer.stats()).toMatchObject({ exactHits: 0, semanticHits: 1, stores: 1 });
});

test('a wrong hit removes its entry, and a clear those of its scope', async () => {
  const optimizer = createFakeOptimizer();
  const stored = await optimizer.store(request, response);
  expect(await optimizer.reportWrongHit(stored.stored ? stored.key : '')).toBe(true);
  expect((await optimizer.lookup(request)).kind).toBe('miss');
  await optimizer.store({ ...request, scope: 'a' }, response);
  await optimizer.store({ ...request, scope: 'b' }, response);
  expect(await optimizer.clear('a')).toBe(1);
  expect(await optimizer.clear()).toBe(1);
  expect(await optimizer.stats()).toMatchObject({ entries: 0, wrongHits: 1 });
});

test('a good report counts once for each semantic hit, and never for an exact one', async () => {
  const optimizer = createFakeOptimizer({ match: (_query, [stored]) => stored });
  await optimizer.store(request, response);
  const exact = await optimizer.lookup(request);
  expect(await optimizer.reportGoodHit(exact.key ?? '')).toBe(false);
  const semantic = await optimizer.lookup({ ...request, query: "France's capital?" });
  expect(await optimizer.reportGoodHit(semantic.key ?? '')).toBe(true);
  expect(await optimizer.reportGoodHit(semantic.key ?? '')).toBe(false);
  expect((await optimizer.stats()).goodHits).toBe(3);
});

test('two prompts compare as `match` says, and equal ones are served', async () => {
  const optimizer = createFakeOptimizer({ match: (query) => (query === 'b' ? 'a' : undefined) });
  expect(await optimizer.compare('a', 'b')).toMatchObject({ served: true, risk: 0 });
  expect(await optimizer.compare('a', 'a')).toMatchObject({ served: true, risk: 0 });
  expect(await optimizer.compare('a', 'c')).toMatchObject({ served: false, risk: 1 });
  expect(await optimizer.stats()).toMatchObject({ misses: 0, entries: 0 });
});

test('a text comes back as it was, as without a model', async () => {
  const optimizer = createFakeOptimizer();
  expect(await optimizer.compress('Paris is a city.', { keepRatio: 0.5 })).toMatchObject({
    text: 'Paris is a city.',
    kept: [[0, 16]],
    originalTokens: 4,
    keptTokens: 4,
    skipped: 'unavailable',
  });
  expect(optimizer.trace).toEqual([]);
});

test('`compress` chooses what is kept of a text', async () => {
  const optimizer = createFakeOptimizer({
    compress: (_text, { question }) => [question === undefined ? [0, 5] : [8, 16]],
  });
  const text = 'Paris is a city.';
  expect((await optimizer.compress(text, { keepRatio: 0.5 })).text).toBe('Paris');
  const explained = await optimizer.compress(text, { keepRatio: 0.5, explain: true });
  expect(explained).toMatchObject({ text: 'Paris', protected: [] });
  const asked = await optimizer.compress(text, { maxTokens: 2, question: 'What is Paris?' });
  expect(asked).toEqual({
    text: ' a city.',
    kept: [[8, 16]],
    originalTokens: 4,
    keptTokens: 2,
    milliseconds: 0,
  });
  expect(optimizer.trace.at(-1)).toEqual({
    at: 0,
    type: 'compress',
    originalTokens: 4,
    keptTokens: 2,
    milliseconds: 0,
  });
});

test('a fake refuses what the real one refuses', async () => {
  const optimizer = createFakeOptimizer();
  const signal = AbortSignal.abort('enough');
  await expect(optimizer.compress('a', {})).rejects.toMatchObject({ code: 'invalid-option' });
  await expect(optimizer.compress('a', { keepRatio: 0.5, signal })).rejects.toBe('enough');
});

test('a lookup whose signal has aborted rejects with its reason', async () => {
  const optimizer = createFakeOptimizer();
  const signal = AbortSignal.abort('enough');
  await expect(optimizer.lookup(request, { signal })).rejects.toBe('enough');
  expect(optimizer.trace).toEqual([]);
});

test('a listener is told until it unsubscribes', () => {
  const optimizer = createFakeOptimizer();
  const seen: string[] = [];
  const unsubscribe = optimizer.onEvent(({ type }) => seen.push(type));
  optimizer.report({ type: 'cache-skip', reason: 'x' });
  unsubscribe();
  optimizer.report({ type: 'cache-skip', reason: 'y' });
  expect(seen).toEqual(['cache-skip']);
});
