import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import { createTransferWorld, storeKinds } from './test-transfer.js';

const nothingSkipped = { malformed: 0, altered: 0, expired: 0, known: 0, 'too-large': 0 };

describe.each(storeKinds)('exports and imports on %s', (kind) => {
  const createWorld = (options = {}) => createTransferWorld({ kind, ...options });

  test('what was exported and cleared comes back as it was', async () => {
    const world = await createWorld();
    const key = await world.add('Capital of France?', 'Paris 🗼\n"là"');
    await world.add('Capital of Spain?', undefined, 'ben');
    await world.store.countHit(key, () => 1);
    const before = await world.store.get(key);
    const file = await world.export();
    await world.cache.clear(undefined);
    expect(await world.import(file)).toEqual({ imported: 2, skipped: 0, reasons: nothingSkipped });
    expect(await world.store.get(key)).toEqual({ ...before, priority: expect.any(Number) });
    expect(await world.answerTo('Capital of Spain?', 'ben')).toBe('answer to Capital of Spain?');
    expect(await world.store.totals()).toMatchObject({ entries: 2 });
  });

  test('a file starts with a header and has one entry a line, of the scope asked for', async () => {
    const world = await createWorld();
    await world.add('one');
    await world.add('two', undefined, 'ben');
    const file = await world.export({ scope: 'ben' });
    const lines = (await file.text()).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      format: 'skimp-entries',
      version: 1,
      exportedAt: 1_002,
      entries: 1,
      secretId: await world.keyMaker.toSecretId(),
    });
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({
      prompt: 'two',
      response: { text: 'answer to two', model: 'm-1', latencyMs: 900.5 },
      createdAt: 1_002,
      hits: 0,
    });
    expect(file.type).toBe('application/jsonl');
  });

  test('more entries than one batch holds are all written and read', async () => {
    const world = await createWorld();
    for (let i = 0; i < 150; i += 1) await world.add(`question ${i}`);
    const file = await world.export();
    await world.cache.clear(undefined);
    expect(await world.import(file)).toMatchObject({ imported: 150, skipped: 0 });
    expect(await world.answerTo('question 149')).toBe('answer to question 149');
  });

  test('a newer answer is not overwritten, an older one is', async () => {
    const world = await createWorld();
    await world.add('one', 'first');
    const early = await world.export();
    await world.add('one', 'second');
    const late = await world.export();
    expect(await world.import(early)).toMatchObject({ imported: 0, reasons: { known: 1 } });
    expect(await world.answerTo('one')).toBe('second');
    await world.cache.clear(undefined);
    await world.import(early);
    expect(await world.answerTo('one')).toBe('first');
    expect(await world.import(late)).toMatchObject({ imported: 1 });
    expect(await world.answerTo('one')).toBe('second');
  });

  test('the life of an entry is not prolonged, and what is past it stays out', async () => {
    const world = await createWorld({ ttlMs: 100 });
    const key = await world.add('one');
    const file = await world.export();
    await world.cache.clear(undefined);
    world.clock.time += 99;
    await world.import(file);
    expect(await world.store.get(key)).toMatchObject({ createdAt: 1_001, expiresAt: 1_101 });
    await world.cache.clear(undefined);
    world.clock.time += 1;
    expect(await world.import(file)).toMatchObject({ imported: 0, reasons: { expired: 1 } });
  });

  test('a file of another database is refused, and says why', async () => {
    const [here, there] = [await createWorld(), await createWorld()];
    await here.add('one');
    expect(await there.import(await here.export())).toEqual({
      refused: expect.stringContaining('only a portable export'),
    });
    expect(await there.store.totals()).toMatchObject({ entries: 0 });
  });

  test('a portable file moves into an empty database, which can then export it again', async () => {
    const [here, there] = [await createWorld(), await createWorld()];
    await here.add('one');
    expect(await there.import(await here.export({ portable: true }))).toMatchObject({
      imported: 1,
    });
    expect(await there.answerTo('one')).toBe('answer to one');
    await there.add('two');
    expect(await here.import(await there.export())).toMatchObject({
      imported: 1,
      reasons: { known: 1 },
    });
    expect(await here.answerTo('two')).toBe('answer to two');
  });

  test('a portable file cannot take over a database that holds entries, unless they expired', async () => {
    const [here, there] = [await createWorld(), await createWorld({ ttlMs: 10 })];
    await here.add('one');
    await there.add('two');
    const file = await here.export({ portable: true });
    expect(await there.import(file)).toEqual({ refused: expect.stringContaining('clear()') });
    expect(await there.answerTo('two')).toBe('answer to two');
    there.clock.time += 10;
    here.clock.time = there.clock.time;
    await here.add('three');
    expect(await there.import(await here.export({ portable: true }))).toMatchObject({
      imported: 1,
    });
  });

  test('an import larger than maxBytes allows leaves what maxBytes allows', async () => {
    const world = await createWorld();
    for (let i = 0; i < 60; i += 1) await world.add(`question ${i}`, 'x'.repeat(1_000));
    const file = await world.export({ portable: true });
    const small = await createWorld({ maxBytes: 65_536 });
    expect(await small.import(file)).toMatchObject({ imported: 60 });
    expect((await small.store.totals()).bytes).toBeLessThanOrEqual(65_536);
  });

  test('one entry that is too large for this store is left out', async () => {
    const world = await createWorld();
    await world.add('long', 'x'.repeat(20_000));
    await world.add('short');
    const file = await world.export({ portable: true });
    const small = await createWorld({ maxBytes: 65_536 });
    expect(await small.import(file)).toMatchObject({ imported: 1, reasons: { 'too-large': 1 } });
  });

  test('an aborted import keeps what it had and ends with the reason', async () => {
    const world = await createWorld();
    for (let i = 0; i < 40; i += 1) await world.add(`question ${i}`);
    const file = await world.export();
    await world.cache.clear(undefined);
    const controller = new AbortController();
    const { merge } = world.cache;
    world.cache.merge = async (entries) => {
      controller.abort('enough');
      return merge(entries);
    };
    await expect(world.import(file, controller.signal)).rejects.toBe('enough');
    expect(await world.store.totals()).toMatchObject({ entries: 32 });
  });
});

test('a secret that cannot be read out is told, not left out', async () => {
  const world = await createTransferWorld();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' } as const;
  const raw = new Uint8Array(64);
  await world.adoptSecret(await crypto.subtle.importKey('raw', raw, algorithm, false, ['sign']));
  await world.add('one');
  await expect(world.export({ portable: true })).rejects.toThrow('never leave it');
  expect((await world.export()).size).toBeGreaterThan(0);
});
