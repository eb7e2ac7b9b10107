import { describe, expect, test, vi } from 'vitest';
import { createMemoryEntryStore } from './memory-entry-store.js';
import { createFilledCache, keysOf, paraphrase, question } from './test-cache.js';

describe('reports', () => {
  test('on a semantic hit move the threshold, once, and tell other tabs', async () => {
    const { cache, world, add, decide } = await createFilledCache();
    await add('k1', question, 0.98);
    await decide(keysOf('k2'), paraphrase);
    expect(await cache.report('k1', 'wrong')).toBe(true);
    expect(await cache.report('k1', 'wrong')).toBe(false);
    expect(cache.threshold()).toMatchObject({ wrongReports: 1 });
    expect(cache.threshold()?.maxRisk).toBeLessThan(0.05);
    expect(world.announced.at(-1)).toMatchObject({ type: 'reported' });
  });

  test('lowered far enough, no other wording is served, and exact repeats still are', async () => {
    const { cache, add, decide } = await createFilledCache();
    await add('k1', question, 1);
    for (let i = 0; i < 6; i += 1) {
      await decide(keysOf('k2'), paraphrase);
      await cache.report('k1', 'wrong');
    }
    expect(await decide(keysOf('k2'), paraphrase)).toMatchObject({ kind: 'miss', reason: 'risk' });
    expect(await cache.findExact(keysOf('k1'))).toMatchObject({ kind: 'hit' });
  });

  test('on an exact hit do not count', async () => {
    const { cache, add } = await createFilledCache();
    await add('k1', question, 1);
    await cache.findExact(keysOf('k1'));
    expect(await cache.report('k1', 'wrong')).toBe(false);
    expect(cache.threshold()).toMatchObject({ maxRisk: 0.05, wrongReports: 0 });
  });

  test('outlive clear(), though the hits of cleared entries can no longer be reported', async () => {
    const { cache, add, decide } = await createFilledCache();
    await add('k1', question, 0.98);
    await decide(keysOf('k2'), paraphrase);
    await cache.report('k1', 'wrong');
    await add('k3', question, 1);
    await decide(keysOf('k2'), paraphrase);
    await cache.clear(undefined);
    expect(await cache.report('k3', 'wrong')).toBe(false);
    expect(cache.threshold()).toMatchObject({ wrongReports: 1 });
  });

  test('in another tab are heard', async () => {
    const store = createMemoryEntryStore();
    const [here, there] = [await createFilledCache({ store }), await createFilledCache({ store })];
    await here.add('k1', question, 0.98);
    await here.decide(keysOf('k2'), paraphrase);
    await here.cache.report('k1', 'wrong');
    const told = here.world.announced.at(-1);
    if (told === undefined) throw new Error('nothing was announced');
    expect(there.cache.threshold()).toMatchObject({ maxRisk: 0.05 });
    there.cache.receive(told);
    await vi.waitFor(() => expect(there.cache.threshold()).toEqual(here.cache.threshold()));
  });
});
