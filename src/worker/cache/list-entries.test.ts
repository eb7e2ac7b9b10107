import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import { listEntries } from './list-entries.js';
import { createTransferWorld, storeKinds } from './test-transfer.js';

const base = { count: 2, maxAnswerLength: 100 };

describe.each(storeKinds)('a list of entries on %s', (kind) => {
  test('tells what is stored, and of whom', async () => {
    const world = await createTransferWorld({ kind });
    const key = await world.add('Capital of France?', 'Paris');
    await world.add('Capital of Spain?', 'Madrid', 'ben');
    const { entries } = await listEntries(world, base);
    expect(entries[1]).toEqual({
      key,
      isOwnScope: true,
      scopeLabel: expect.stringMatching(/^[0-9a-f]{8}$/),
      prompt: 'Capital of France?',
      answer: 'Paris',
      answerLength: 5,
      model: 'm-1',
      usage: { promptTokens: 8, completionTokens: 3 },
      latencyMs: 900.5,
      storedAt: 1_001,
      expiresAt: 1_001 + world.ttlMs,
      hits: 0,
      bytes: expect.any(Number),
      hasVector: false,
    });
    expect(entries[0]).toMatchObject({ isOwnScope: false, answer: 'Madrid' });
    expect(entries[0]?.scopeLabel).not.toBe(entries[1]?.scopeLabel);
    expect(await listEntries(world, { ...base, scope: 'ben' })).toEqual({
      entries: [entries[0]],
    });
  });

  test('pages meet without a gap or a repeat, while entries come and go', async () => {
    const world = await createTransferWorld({ kind });
    const keys: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) keys.unshift(await world.add(name));
    const first = await listEntries(world, base);
    await world.add('f');
    await world.cache.purge(first.entries[1]?.key ?? '');
    const second = await listEntries(world, { ...base, after: first.next ?? '' });
    const third = await listEntries(world, { ...base, after: second.next ?? '' });
    const listed = [first, second, third].flatMap(({ entries }) => entries.map(({ key }) => key));
    expect(listed).toEqual(keys);
    expect(third.next).toBeUndefined();
  });

  test('a last page that is full has no next one', async () => {
    const world = await createTransferWorld({ kind });
    await world.add('a');
    await world.add('b');
    expect((await listEntries(world, base)).next).toBeUndefined();
  });

  test('an answer is cut where it does not break a character', async () => {
    const world = await createTransferWorld({ kind });
    await world.add('a', '1🗼2');
    const answerOf = async (maxAnswerLength: number) =>
      (await listEntries(world, { ...base, maxAnswerLength })).entries[0];
    expect(await answerOf(2)).toMatchObject({ answer: '1', answerLength: 4 });
    expect(await answerOf(3)).toMatchObject({ answer: '1🗼' });
    expect(await answerOf(0)).toMatchObject({ answer: '' });
    expect(await answerOf(Infinity)).toMatchObject({ answer: '1🗼2' });
  });

  test('an entry of another embedder has no vector of the one in use', async () => {
    const world = await createTransferWorld({ kind });
    const key = await world.add('a');
    const row = { key, scope: 's', vector: { scale: 1, values: new Int8Array(16) } };
    await world.store.putVector(row, 'another');
    const hasVector = async () => (await listEntries(world, base)).entries[0]?.hasVector;
    expect(await hasVector()).toBe(true);
    const riskModel = { bias: 0, weights: {}, maxRiskByErrorRate: { '0.01': 0.1 } };
    await world.cache.openSemanticTier({ embedder: 'in use', dims: 16, riskModel });
    expect(await hasVector()).toBe(false);
  });
});
