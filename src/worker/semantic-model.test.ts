import { expect, test } from 'vitest';
import { SkimpError } from '../shared/errors.js';
import type { Embedding } from './models/embedder.js';
import type { LoadedModels } from './models/load-models.js';
import type { Verification } from './models/verifier.js';
import { createQueue } from './queue.js';
import { createSemanticModel } from './semantic-model.js';
import type { SemanticModelOptions } from './semantic-model.js';

const vector: Embedding = { kind: 'vector', vector: Float32Array.of(1) };
const verdict: Verification = { kind: 'logit', logit: 3 };
const broken = () => Promise.reject(new SkimpError('inference-failed', 'the GPU is gone'));

/** Models that run, or fail, as the test says, with a record of what ran when. */
async function createWorld(change: Partial<LoadedModels> = {}, hasVerifier = true) {
  const log: string[] = [];
  const logged =
    <T>(name: string, result: T) =>
    async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      return result;
    };
  const loaded: LoadedModels = {
    embedder: { fingerprint: 'f', dims: 1, embed: logged('embed', vector) },
    verifier: { verify: logged('verify', verdict) },
    calibration: { bias: 0, weights: {}, maxRiskByErrorRate: {} },
    model: 'fake',
    backend: 'webgpu',
    dtype: 'fp32',
    reason: 'fake',
    ...change,
  };
  const { verifier: _verifier, ...alone } = loaded;
  const models = hasVerifier ? loaded : alone;
  const failures: string[] = [];
  let lostGpus = 0;
  const options: SemanticModelOptions = {
    createSource: () => ({
      plan: async () => ({ model: 'fake', reason: '', isCached: true, load: async () => models }),
    }),
    queue: createQueue(),
    isEnabled: true,
    autoDownload: true,
    onStatus: () => {},
    onLoaded: async () => undefined,
    onFailure: ({ code }) => failures.push(code),
    onGpuLost: () => (lostGpus += 1),
  };
  const model = createSemanticModel(options);
  return { model, log, failures, countLostGpus: () => lostGpus };
}

test('before it is loaded there is no model, and nothing fails', async () => {
  const { model, failures } = await createWorld();
  expect(await model.embed('a')).toEqual({ kind: 'no-model' });
  expect(await model.verify(['a', 'b'])).toEqual({ kind: 'no-model' });
  expect(failures).toEqual([]);
});

test('embedder and verifier never run at the same time', async () => {
  const { model, log } = await createWorld();
  await model.load();
  const results = [model.embed('a'), model.verify(['a', 'b']), model.embed('c')];
  expect(await Promise.all(results)).toEqual([vector, verdict, vector]);
  expect(log).toEqual(
    ['embed', 'verify', 'embed'].flatMap((name) => [`${name} begins`, `${name} ends`]),
  );
});

test('what is late when its turn comes does not run', async () => {
  let time = 0;
  const embed = async () => {
    time = 10;
    return vector;
  };
  const { model, log } = await createWorld({ embedder: { fingerprint: 'f', dims: 1, embed } });
  await model.load();
  const isInTime = () => time < 10;
  const [first, late] = [model.embed('a', isInTime), model.verify(['a', 'b'], isInTime)];
  expect([await first, await late]).toEqual([vector, { kind: 'late' }]);
  expect(log).toEqual([]);
});

test('a verifier that fails is told, and rejects nobody', async () => {
  const { model, failures } = await createWorld({ verifier: { verify: broken } });
  await model.load();
  expect(await model.verify(['a', 'b'])).toEqual({ kind: 'failed' });
  expect(failures).toEqual(['inference-failed']);
  expect(await model.embed('a')).toEqual(vector);
});

test('a GPU on which either model fails twice in a row is taken for lost', async () => {
  const { model, countLostGpus } = await createWorld({
    verifier: { verify: broken },
    embedder: {
      fingerprint: 'f',
      dims: 1,
      embed: async (text) => (text === 'good' ? vector : broken()),
    },
  });
  await model.load();
  await model.verify(['a', 'b']);
  await model.embed('good');
  await model.embed('bad');
  expect(countLostGpus()).toBe(0);
  await model.verify(['a', 'b']);
  expect(countLostGpus()).toBe(1);
});

test('on WASM a failure loses no GPU', async () => {
  const { model, countLostGpus } = await createWorld({
    backend: 'wasm',
    verifier: { verify: broken },
  });
  await model.load();
  for (let run = 0; run < 3; run += 1) await model.verify(['a', 'b']);
  expect(countLostGpus()).toBe(0);
});

test('an embedder without a verifier embeds, and says that there is none', async () => {
  const { model, failures } = await createWorld({}, false);
  await model.load();
  expect(await model.embed('a')).toEqual(vector);
  expect(await model.verify(['a', 'b'])).toEqual({ kind: 'no-verifier' });
  expect(failures).toEqual([]);
});
