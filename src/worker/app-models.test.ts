import { expect, test } from 'vitest';
import type { AppEmbedder } from '../shared/app-embedder.js';
import { createDeferred } from '../shared/deferred.js';
import { assertAppModels, createAppModels } from './app-models.js';
import { createQueue } from './queue.js';
import { createTestSettings } from './test-settings.js';

const embedder: AppEmbedder = {
  id: 'fake',
  embed: async (text) => Float32Array.from({ length: 2 }, (_, dim) => 1 + text.charCodeAt(dim)),
};
const parts = { settings: createTestSettings(), gpu: undefined, onState: () => {} };

test('a model that is still promised does not hold up other inference', async () => {
  const { promise, resolve } = createDeferred<AppEmbedder>();
  const queue = createQueue();
  const { load, isCached } = await createAppModels({ embedder: promise })(parts).plan();
  const loading = load(queue);
  expect(await queue.run(async () => 'compressed')).toBe('compressed');
  resolve(embedder);
  expect(await loading).toMatchObject({
    model: 'fake',
    reason: 'embedder of the app, 2 dims',
    embedder: { dims: 2 },
  });
  expect(await loading).not.toHaveProperty('verifier');
  expect(isCached).toBe(true);
});

test('a model is tried in its turn', async () => {
  const log: string[] = [];
  const queue = createQueue();
  const embed = async (text: string) => {
    log.push('embed');
    return embedder.embed(text);
  };
  const { load } = await createAppModels({ embedder: { ...embedder, embed } })(parts).plan();
  const first = queue.run(async () => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    log.push('other');
  });
  await Promise.all([first, load(queue)]);
  expect(log).toEqual(['other', 'embed', 'embed', 'embed']);
});

test('a promise of what is no embedder fails to load', async () => {
  const wrong = Promise.resolve({ id: 'fake' } as AppEmbedder); // JavaScript allows it
  const { load } = await createAppModels({ embedder: wrong })(parts).plan();
  await expect(load(createQueue())).rejects.toThrow('needs a function embed');
});

test('takes an embedder, a promise of one, and a calibration', () => {
  const calibration = { minSimilarityByErrorRate: { 0.01: 0.97 } };
  expect(() => assertAppModels({ embedder })).not.toThrow();
  expect(() => assertAppModels({ embedder: Promise.resolve(embedder), calibration })).not.toThrow();
});

test.each<[unknown, string]>([
  [undefined, 'an embedder'],
  [{}, 'embed'],
  [{ embedder: { ...embedder, id: '' } }, 'id'],
  [{ embedder: { ...embedder, dims: 1.5 } }, 'dims'],
  [{ embedder, model: 'x' }, 'unknown option model'],
  [{ embedder, calibration: { minSimilarity: 0.9 } }, 'minSimilarityByErrorRate'],
])('refuses %o', (given, named) => {
  expect(() => assertAppModels(given)).toThrow(
    expect.objectContaining({ code: 'invalid-option', message: expect.stringContaining(named) }),
  );
});
