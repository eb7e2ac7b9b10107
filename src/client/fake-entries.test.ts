import { expect, test } from 'vitest';
import { createFakeOptimizer } from './fake-optimizer.js';

const ask = (query: string, scope?: string) => ({
  query,
  model: 'm',
  context: [],
  params: {},
  ...(scope && { scope }),
});

async function createFilledFake() {
  let time = 0;
  const optimizer = createFakeOptimizer({ now: () => (time += 1) });
  await optimizer.store(ask('one'), { text: 'first', model: 'm' });
  await optimizer.store(ask('two', 'ben'), { text: 'second', model: 'm', latencyMs: 5 });
  await optimizer.store(ask('three'), { text: 'third', model: 'm' });
  return optimizer;
}

test('a fake lists what it holds, newest first, page by page', async () => {
  const optimizer = await createFilledFake();
  await optimizer.lookup(ask('one'));
  const first = await optimizer.entries({ limit: 2, maxAnswerLength: 3 });
  expect(first.entries).toMatchObject([
    { prompt: 'three', answer: 'thi', answerLength: 5, isOwnScope: true, hits: 0 },
    { prompt: 'two', scopeLabel: 'ben', isOwnScope: false, latencyMs: 5 },
  ]);
  const second = await optimizer.entries({ limit: 2, after: first.next ?? '' });
  expect(second.entries).toMatchObject([{ prompt: 'one', hits: 1 }]);
  expect(second.next).toBeUndefined();
  expect((await optimizer.entries({ scope: 'ben' })).entries).toHaveLength(1);
});

test('a fake removes one entry, and says so', async () => {
  const optimizer = await createFilledFake();
  const [entry] = (await optimizer.entries()).entries;
  expect(await optimizer.remove(entry?.key ?? '')).toBe(true);
  expect(await optimizer.remove(entry?.key ?? '')).toBe(false);
  expect(optimizer.trace.at(-1)).toMatchObject({ type: 'cache-remove', key: entry?.key });
  expect((await optimizer.lookup(ask('three'))).kind).toBe('miss');
});

test("a fake takes back a fake's export, and nothing else", async () => {
  const optimizer = await createFilledFake();
  const file = await optimizer.exportEntries({ scope: 'ben' });
  await optimizer.clear();
  expect(await optimizer.importEntries(file)).toMatchObject({ imported: 1, skipped: 0 });
  expect(await optimizer.importEntries(file)).toMatchObject({ imported: 0, reasons: { known: 1 } });
  expect((await optimizer.lookup(ask('two', 'ben'))).kind).toBe('hit');
  await expect(optimizer.importEntries(new Blob(['{}']))).rejects.toMatchObject({
    code: 'transfer-refused',
  });
});

test('a fake refuses what the real one refuses', async () => {
  const optimizer = createFakeOptimizer();
  const code = 'invalid-option';
  await expect(optimizer.entries({ limit: 0 })).rejects.toMatchObject({ code });
  await expect(optimizer.exportEntries({ scope: '' })).rejects.toMatchObject({ code });
  await expect(optimizer.entries({ signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
});
