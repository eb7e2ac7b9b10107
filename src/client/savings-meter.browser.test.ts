import { expect, test } from 'vitest';
import type { StoredResponse } from '../shared/prompt-request.js';
import { answer, ask, open, question } from './test-optimizer.js';

const priced: StoredResponse = {
  text: 'Paris.',
  model: 'gpt-4o-2024-08-06',
  usage: { promptTokens: 400_000, completionTokens: 100_000 },
  latencyMs: 900,
};
const newDatabase = () => `test-${crypto.randomUUID()}`;

/** An optimizer that has just served the answer once. */
async function openWithHit(response: StoredResponse, options: Parameters<typeof open>[0] = {}) {
  const world = open(options);
  await world.optimizer.store(question, response);
  const hit = await world.optimizer.lookup(question);
  if (hit.kind !== 'hit') throw new Error(`a miss: ${hit.reason}`);
  return { ...world, key: hit.key };
}

test('what a hit saves is told of this session, the scope and all scopes', async () => {
  const { optimizer } = await openWithHit(priced);
  const { session, scope, total } = await optimizer.stats();
  expect(session).toMatchObject({
    callsAvoided: 1,
    promptTokens: 400_000,
    completionTokens: 100_000,
    usd: 2,
    savedMs: 900,
    estimatedCalls: 0,
    unpricedCalls: 0,
  });
  expect(session.spentMs).toBeGreaterThan(0);
  expect(session.netMs).toBeCloseTo(900 - session.spentMs, 6);
  expect([scope, total]).toEqual([session, session]);
});

test('it is there on the next visit, and another scope sees it in the total alone', async () => {
  const databaseName = newDatabase();
  const first = await openWithHit(priced, { databaseName });
  await first.optimizer.stats(); // sends what waits
  first.optimizer.close();
  const second = open({ databaseName });
  expect(await second.optimizer.stats()).toMatchObject({
    session: { callsAvoided: 0 },
    scope: { callsAvoided: 1, usd: 2 },
    total: { callsAvoided: 1, usd: 2 },
  });
  const bob = open({ databaseName, scope: 'bob' });
  expect(await bob.optimizer.stats()).toMatchObject({
    scope: { callsAvoided: 0 },
    total: { callsAvoided: 1 },
  });
});

test('two tabs add up, and what is not asked for is kept within seconds too', async () => {
  const databaseName = newDatabase();
  const [here, there] = [open({ databaseName }), open({ databaseName })];
  await here.optimizer.store(question, priced);
  await Promise.all([here, there, here, there].map(({ optimizer }) => optimizer.lookup(question)));
  const { optimizer } = open({ databaseName });
  await expect
    .poll(async () => (await optimizer.stats()).total, { timeout: 5_000 })
    .toMatchObject({ callsAvoided: 4, usd: 8 });
  expect((await here.optimizer.stats()).session.callsAvoided).toBe(2);
});

test('a wrong hit takes its saving back, here and in the database', async () => {
  const databaseName = newDatabase();
  const { optimizer, key } = await openWithHit(priced, { databaseName });
  await optimizer.lookup(question);
  await optimizer.reportWrongHit(key);
  const left = { callsAvoided: 1, wrongHits: 1, promptTokens: 400_000, usd: 2, savedMs: 900 };
  const { session, scope, total } = await optimizer.stats();
  expect(session).toMatchObject(left);
  expect([scope, total]).toEqual([session, session]);
});

test('a model without a price saves tokens and no money, until the app says what it costs', async () => {
  const { optimizer } = await openWithHit(answer);
  expect((await optimizer.stats()).session).toMatchObject({
    promptTokens: 8,
    usd: 0,
    unpricedCalls: 1,
  });
  const prices = { m: { inputPerMillion: 1_000_000, outputPerMillion: 2_000_000 } };
  const told = await openWithHit(answer, { prices });
  expect((await told.optimizer.stats()).session).toMatchObject({ usd: 14, unpricedCalls: 0 });
});

test.each(['estimate', 'exact'] as const)(
  'the tokens of an answer that were not told are counted (%s)',
  async (tokenCounter) => {
    const text = 'The capital of France is Paris, on the Seine.';
    const { optimizer } = await openWithHit({ text, model: 'gpt-4o' }, { tokenCounter });
    // The exact counter's code is large: `stats()` does not wait for ever until it is there.
    await expect
      .poll(async () => (await optimizer.stats()).session)
      .toMatchObject({ estimatedCalls: 1, unpricedCalls: 0 });
    const { session } = await optimizer.stats();
    expect(session.promptTokens).toBeGreaterThanOrEqual(6);
    expect(session.promptTokens).toBeLessThanOrEqual(9);
    expect(session.completionTokens).toBeGreaterThanOrEqual(10);
    expect(session.completionTokens).toBeLessThanOrEqual(13);
  },
);

test('what waits when the worker dies is counted by the next one', async () => {
  const workers: Worker[] = [];
  const worker = () => {
    const spawned = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module' });
    workers.push(spawned);
    return spawned;
  };
  const { optimizer, events } = await openWithHit(priced, { worker });
  workers[0]?.terminate();
  await expect.poll(() => events.map(({ type }) => type)).toContain('worker-restart');
  await expect
    .poll(async () => (await optimizer.stats()).total)
    .toMatchObject({ callsAvoided: 1, usd: 2 });
  expect((await optimizer.stats()).session).toMatchObject({ callsAvoided: 1, usd: 2 });
});

test('without IndexedDB sums are kept as long as the worker lives', async () => {
  const worker = () =>
    new Worker(new URL('./test-workers/no-storage.ts', import.meta.url), { type: 'module' });
  const { optimizer, fallbacks } = await openWithHit(priced, { worker });
  expect((await optimizer.stats()).total).toMatchObject({ callsAvoided: 1, usd: 2 });
  expect(fallbacks()).toEqual(['storage-blocked']);
});

test('what misses cost is told, too', async () => {
  const { optimizer } = open();
  await optimizer.lookup(ask('Who?'));
  const { session } = await optimizer.stats();
  expect(session).toMatchObject({ callsAvoided: 0, savedMs: 0 });
  expect(session.netMs).toBe(-session.spentMs);
});
