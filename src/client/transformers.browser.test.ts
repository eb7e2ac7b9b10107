import { describe, expect, test } from 'vitest';
import { answer, ask, open, question, rephrased } from './test-optimizer.js';

// The real libraries, in workers as apps write them, with model files of this repository.

const spawners = {
  '@xenova/transformers 2': (name: string) =>
    new Worker(new URL('./test-workers/xenova-transformers.ts', import.meta.url), {
      type: 'module',
      name,
    }),
  '@huggingface/transformers 4': (name: string) =>
    new Worker(new URL('./test-workers/huggingface-transformers.ts', import.meta.url), {
      type: 'module',
      name,
    }),
};
/** What of skimp's own an app that has a model must not pay for. */
const ownFiles = /^\/models\/|^\/node_modules\/onnxruntime-web\//;

type Spawn = (name: string) => Worker;
type Calibrated = 'calibrated' | 'uncalibrated';

/** Loading a library and a model twice takes its time on a busy machine. */
const timeout = 120_000;

/** An optimizer on a pipeline that runs. */
async function openOn(spawn: Spawn, name: Calibrated, options: Parameters<typeof open>[0] = {}) {
  const workers: Worker[] = [];
  const worker = () => {
    const spawned = spawn(name);
    workers.push(spawned);
    return spawned;
  };
  const world = open({ worker, ...options });
  const status = await world.optimizer.loadModel();
  return { ...world, status, listFetched: () => listFetched(workers[0]) };
}

describe.each(Object.entries(spawners))('on %s', { timeout }, (_name, spawn) => {
  test('repeats are served, and nothing of skimp is fetched until a text is compressed', async () => {
    const { optimizer, status, listFetched, fallbacks } = await openOn(spawn, 'uncalibrated');
    expect(status).toMatchObject({ semantic: 'available', model: expect.stringContaining('bert') });
    expect(status.reason).toMatch(/^embedder of the app, 384 dims; .*no calibration/);
    expect(status).not.toHaveProperty('backend');
    expect(status.threshold?.maxRisk).toBe(0);
    await optimizer.store(question, answer);
    expect(await optimizer.lookup(question)).toMatchObject({ kind: 'hit', tier: 'exact' });
    const miss = await optimizer.lookup(rephrased);
    expect(miss).toMatchObject({ kind: 'miss', reason: 'risk', nearest: { risk: 1 } });
    expect(miss.kind === 'miss' && miss.nearest?.similarity).toBeGreaterThan(0.97);
    const fetched = await listFetched();
    expect(fetched).toContain('/app-models/minilm/onnx/model_quantized.onnx');
    expect(fetched.filter((path) => path.endsWith('.wasm'))).toHaveLength(1);
    expect(fetched.filter((path) => ownFiles.test(path))).toEqual([]);
    const text = 'The mill stood by the river and ground corn until the year it closed. '.repeat(9);
    const { keptTokens, originalTokens } = await optimizer.compress(text, { keepRatio: 0.5 });
    expect(keptTokens / originalTokens).toBeLessThan(0.6);
    expect((await listFetched()).filter((path) => ownFiles.test(path))).not.toEqual([]);
    expect(fallbacks()).toEqual([]);
  });

  test("other wordings are served by the app's calibration, unless a guard objects", async () => {
    const { optimizer, status } = await openOn(spawn, 'calibrated');
    expect(status.reason).toBe('embedder of the app, 384 dims');
    await optimizer.store(question, answer);
    const hit = await optimizer.lookup(rephrased);
    expect(hit).toMatchObject({ kind: 'hit', tier: 'semantic', matchedPrompt: question.query });
    expect(hit).not.toHaveProperty('verifier');
    const comparison = await optimizer.compare(question.query, rephrased.query);
    expect(comparison).toMatchObject({ served: true, guards: [] });
    expect(comparison).not.toHaveProperty('verifier');
    expect(comparison.similarity).toBeCloseTo(hit.kind === 'hit' ? hit.similarity : 0, 5);
    const spain = await optimizer.lookup(ask('What is the capital of Spain?'));
    expect(spain.kind).toBe('miss');
    // What the model cannot read whole is left to repeats.
    const long = ask(`What does this say? ${'It rains in the mountains. '.repeat(60)}`);
    expect(await optimizer.lookup(long)).toMatchObject({ detail: 'too-long' });
    const foreign = ask('What do ᚠᛇᚻ and ᛒᛦᚦ mean?');
    expect(await optimizer.lookup(foreign)).toMatchObject({ detail: 'unreadable' });
  });
});

test("vectors never meet those of skimp's model, and are made again", { timeout }, async () => {
  const databaseName = `test-${crypto.randomUUID()}`;
  const spawn = spawners['@xenova/transformers 2'];
  const before = open({ databaseName });
  await before.optimizer.loadModel();
  await before.optimizer.store(question, answer);
  expect(await readEmbedders(databaseName)).toEqual([expect.stringMatching(/^skimp-same/)]);
  before.optimizer.close();
  const { optimizer } = await openOn(spawn, 'calibrated', { databaseName });
  await expect.poll(async () => (await optimizer.lookup(rephrased)).kind).toBe('hit');
  const [own] = await readEmbedders(databaseName);
  expect(own).toMatch(/^app:[\da-f]{64}$/);
  optimizer.close();
  const again = await openOn(spawn, 'uncalibrated', { databaseName }); // as at the next visit
  await again.optimizer.store(ask('Who has built the tower?'), answer);
  expect(await readEmbedders(databaseName)).toEqual([own, own]);
});

/** Paths of what a test worker has fetched. */
async function listFetched(worker: Worker | undefined): Promise<string[]> {
  return new Promise((resolve) => {
    worker?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const resources: unknown = Reflect.get(Object(data), 'resources');
      if (Array.isArray(resources)) resolve(resources.map((url) => new URL(url).pathname));
    });
    worker?.postMessage('resources');
  });
}

/** Fingerprints of the embedders whose vectors are stored, one for each entry. */
async function readEmbedders(databaseName: string): Promise<unknown[]> {
  const db = await settle(indexedDB.open(databaseName));
  const entries: { embedder: unknown }[] = await settle(
    db.transaction('entries').objectStore('entries').getAll(),
  );
  db.close();
  return entries.map(({ embedder }) => embedder);
}

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}
