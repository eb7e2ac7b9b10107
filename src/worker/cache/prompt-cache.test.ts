import { expect, test } from 'vitest';
import { SkimpError } from '../../shared/errors.js';
import { createMemoryEntryStore } from './memory-entry-store.js';
import { createPromptCache } from './prompt-cache.js';
import type { CacheEntry } from './schema.js';
import { answer, at, createFilledCache, keysOf, paraphrase, question } from './test-cache.js';

test('the same key is an exact hit, with the age of its entry', async () => {
  const { cache, world, add } = await createFilledCache();
  await add('k1', question, 1);
  world.time = 500;
  expect(await cache.findExact(keysOf('k1'))).toMatchObject({
    kind: 'hit',
    tier: 'exact',
    response: answer('answer of k1'),
    similarity: 1,
    risk: 0,
    ageMs: 500,
  });
  expect(await cache.findExact(keysOf('k2'))).toBeUndefined();
});

test('a near prompt is a semantic hit that says what it matched', async () => {
  const { add, decide } = await createFilledCache();
  await add('k1', question, 0.95);
  const decision = await decide(keysOf('k2'), paraphrase);
  expect(decision).toMatchObject({ kind: 'hit', tier: 'semantic', matchedPrompt: question });
  expect(decision.kind === 'hit' && decision.similarity).toBeCloseTo(0.95, 2);
});

test('a prompt that is too far is a miss that names its nearest', async () => {
  const { add, decide } = await createFilledCache();
  await add('k1', question, 0.5);
  expect(await decide(keysOf('k2'), paraphrase)).toMatchObject({
    kind: 'miss',
    reason: 'risk',
    nearest: { matchedPrompt: question },
  });
});

test('of several prompts the one with the lowest risk answers, not the most similar', async () => {
  const { cache, add } = await createFilledCache();
  await add('k1', question, 0.99);
  await add('k2', 'how to return tents', 0.97);
  const judge = cache.judge();
  const similar = await cache.findSimilar(keysOf('k3'), paraphrase, at(1));
  const judged = similar.flatMap(({ entry, features }) =>
    judge ? [{ entry, judgement: judge.judge(features, entry.key === 'k1' ? 7 : 8) }] : [],
  );
  expect(judged.map(({ entry }) => entry.key)).toEqual(['k1', 'k2']);
  expect(await cache.decide(judged)).toMatchObject({
    kind: 'hit',
    key: 'k2',
    verifier: expect.closeTo(1, 3),
  });
});

test('a prompt that the verifier has not read is never served, whatever its risk could be', async () => {
  const { cache, add } = await createFilledCache();
  await add('k1', question, 1);
  const judge = cache.judge();
  const similar = await cache.findSimilar(keysOf('k2'), paraphrase, at(1));
  const estimated = similar.flatMap(({ entry, features }) =>
    judge ? [{ entry, judgement: judge.estimate(features) }] : [],
  );
  const decision = await cache.decide(estimated);
  expect(decision).toMatchObject({ kind: 'miss', nearest: { risk: expect.any(Number) } });
  expect(decision).not.toHaveProperty('nearest.verifier');
});

test('a guard refuses what the risk would have let through, and names itself', async () => {
  const { add, decide } = await createFilledCache();
  await add('k1', 'how do I return a tent within 30 days', 0.99);
  expect(await decide(keysOf('k2'), 'how do I return a tent within 60 days')).toMatchObject({
    kind: 'miss',
    reason: 'guard',
    nearest: { guard: { guard: 'numbers' } },
  });
});

test('behind a refused prompt the next one may still answer', async () => {
  const { add, decide } = await createFilledCache();
  await add('k1', 'how do I return a tent within 30 days', 0.99);
  await add('k2', 'how can I return a tent within 60 days', 0.95);
  const prompt = 'how do I return a tent within 60 days';
  expect(await decide(keysOf('k3'), prompt)).toMatchObject({
    kind: 'hit',
    key: 'k2',
  });
});

test('another scope never answers, however near', async () => {
  const { add, decide } = await createFilledCache();
  await add('k1', question, 1, 'theirs');
  expect(await decide(keysOf('k2', 'mine'), paraphrase)).toEqual({
    kind: 'miss',
    reason: 'no-candidate',
  });
});

test('an entry lives for its time to live, whether hit or not', async () => {
  const { cache, world, add, decide } = await createFilledCache();
  await add('k1', question, 1);
  world.time = 999;
  expect(await cache.findExact(keysOf('k1'))).toBeDefined();
  world.time = 1_000;
  expect(await cache.findExact(keysOf('k1'))).toBeUndefined();
  expect(await decide(keysOf('k2'), paraphrase)).toMatchObject({ kind: 'miss' });
  expect((await cache.removeExpired()).keys).toEqual(['k1']);
});

test('the store is kept below its bound, and what was evicted is told', async () => {
  const { cache, store, world, add } = await createFilledCache({ maxBytes: 65_536 });
  for (let i = 0; i < 70; i += 1) await add(`k${i}`, `${question} ${i}`, 1);
  const { bytes, entries } = await store.totals();
  expect(bytes).toBeLessThanOrEqual(65_536);
  expect(entries).toBeGreaterThan(50);
  const evictedKeys = world.evicted.flatMap(({ keys }) => keys);
  expect(evictedKeys.length + entries).toBe(70);
  expect(await cache.findExact(keysOf(evictedKeys[0] ?? ''))).toBeUndefined();
});

test('an answer that would drive out the others is not kept', async () => {
  const { cache, store } = await createFilledCache({ maxBytes: 65_536 });
  expect(await cache.add(keysOf('k1'), question, answer('x'.repeat(10_000)))).toBeUndefined();
  expect(await store.totals()).toMatchObject({ entries: 0 });
});

test('what is hit often outlives what is not', async () => {
  const { cache, add } = await createFilledCache({ maxBytes: 65_536 });
  await add('favourite', question, 1);
  for (let i = 0; i < 100; i += 1) {
    await add(`k${i}`, `${question} ${i}`, 1);
    await cache.findExact(keysOf('favourite'));
  }
  expect(await cache.findExact(keysOf('favourite'))).toBeDefined();
});

test('a removed entry answers neither exactly nor by meaning', async () => {
  const { cache, add, decide } = await createFilledCache();
  await add('k1', question, 1);
  expect(await cache.remove('k1')).toBe(true);
  expect(await cache.remove('k1')).toBe(false);
  expect(await cache.findExact(keysOf('k1'))).toBeUndefined();
  expect((await decide(keysOf('k2'), paraphrase)).kind).toBe('miss');
});

test('other tabs are told, and are heard', async () => {
  const here = await createFilledCache();
  await here.add('k1', question, 0.95);
  await here.cache.remove('k1');
  expect(here.world.announced.map(({ type }) => type)).toEqual(['added', 'removed']);

  const there = await createFilledCache();
  await there.cache.add(keysOf('k1'), question, answer('shared store'));
  const [added, removed] = here.world.announced;
  if (added === undefined || removed === undefined) throw new Error('nothing was announced');
  there.cache.receive(added);
  expect((await there.decide(keysOf('k2'), paraphrase)).kind).toBe('hit');
  there.cache.receive(removed);
  expect((await there.decide(keysOf('k2'), paraphrase)).kind).toBe('miss');
});

test('vectors of another embedder are not let in', async () => {
  const { cache, add, decide } = await createFilledCache();
  await add('k1', question, 0.2);
  const vector = { scale: 1 / 127, values: Int8Array.of(127, 0, 0, 0) };
  cache.receive({ type: 'added', row: { key: 'k1', scope: 's', vector }, embedder: 'other' });
  expect((await decide(keysOf('k2'), paraphrase)).kind).toBe('miss');
});

test('without a model there is no semantic tier, and nothing fails', async () => {
  const cache = createPromptCache({
    store: createMemoryEntryStore(),
    now: () => 0,
    ttlMs: 1_000,
    maxBytes: 65_536,
    maxErrorRate: 0.01,
    onEvict: () => {},
    announce: () => {},
  });
  await cache.add(keysOf('k1'), question, answer('a'));
  await cache.addVector(keysOf('k1'), at(1));
  expect(await cache.findSimilar(keysOf('k2'), paraphrase, at(1))).toEqual([]);
  expect(await cache.decide([])).toEqual({ kind: 'miss', reason: 'no-candidate' });
  expect(await cache.listUnembedded(10)).toEqual([]);
  expect([cache.judge(), cache.threshold()]).toEqual([undefined, undefined]);
  expect(await cache.report('k1', 'wrong')).toBe(false);
});

test('on a full disk what saves least makes room, once', async () => {
  const memory = createMemoryEntryStore();
  let freeBytes = 3_500;
  const store = {
    ...memory,
    async put(entry: CacheEntry) {
      if ((await memory.totals()).bytes + entry.bytes > freeBytes) {
        throw new SkimpError('storage-full', 'the disk is full');
      }
      return memory.put(entry);
    },
  };
  const { cache, world } = await createFilledCache({ store });
  for (const key of ['k1', 'k2', 'k3', 'k4']) await cache.add(keysOf(key), question, answer('a'));
  expect(world.evicted.map(({ keys }) => keys)).toEqual([['k1']]);
  expect(await cache.findExact(keysOf('k4'))).toBeDefined();
  freeBytes = 0;
  await expect(cache.add(keysOf('k5'), question, answer('a'))).rejects.toMatchObject({
    code: 'storage-full',
  });
});
