import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { createCacheHost } from './cache-host.js';
import type { LoadedModels } from './models/load-models.js';
import { createTestSettings } from './test-settings.js';

afterEach(() => vi.unstubAllGlobals());

const vector = Float32Array.of(1, 0);
const loaded: LoadedModels = {
  embedder: { fingerprint: 'f', dims: 2, embed: async () => ({ kind: 'vector', vector }) },
  verifier: { verify: async () => ({ kind: 'logit', logit: 8 }) },
  calibration: {
    bias: 0,
    weights: { verifier: 1 },
    maxRiskByErrorRate: { '0.01': 0.05 },
  },
  model: 'fake',
  backend: 'wasm',
  dtype: 'q8',
  reason: 'fake',
};

/** What a tab with a newer version does, in a browser that then refuses. */
async function breakDatabase(name: string): Promise<void> {
  const deletion = indexedDB.deleteDatabase(name);
  await new Promise((resolve, reject) => {
    deletion.addEventListener('success', resolve);
    deletion.addEventListener('error', reject);
  });
  vi.stubGlobal('indexedDB', {
    open() {
      throw new DOMException('refused', 'SecurityError');
    },
  });
}

test('a threshold that reports have lowered stays so when the cache moves to memory', async () => {
  const databaseName = `host-${crypto.randomUUID()}`;
  const blocked: string[] = [];
  const host = createCacheHost({
    settings: createTestSettings({ databaseName }),
    report: () => {},
    onBlocked: ({ code }) => blocked.push(code),
    now: () => 0,
  });
  await host.openSemanticTier(loaded);
  const keys = { key: 'k', scope: 's', owner: 'o' };
  const before = await host.use(async ({ cache }) => {
    await cache.add(keys, 'a tent', { text: 'answer', model: 'm' });
    await cache.addVector(keys, vector);
    const [similar] = await cache.findSimilar(keys, 'the tent', vector);
    const judge = cache.judge();
    if (similar === undefined || judge === undefined) throw new Error('nothing was found');
    const judgement = judge.judge(similar.features, 8);
    const decision = await cache.decide([{ entry: similar.entry, judgement }]);
    expect(decision.kind).toBe('hit');
    expect(await cache.report('k', 'wrong')).toBe(true);
    return cache.threshold();
  });
  expect(before).toMatchObject({ wrongReports: 1 });
  await breakDatabase(databaseName);
  expect(await host.use(({ cache }) => cache.findExact(keys))).toBeUndefined();
  expect(blocked).toEqual(['storage-blocked']);
  expect(await host.use(async ({ cache, store }) => [store.kind, cache.threshold()])).toEqual([
    'memory',
    before,
  ]);
});
