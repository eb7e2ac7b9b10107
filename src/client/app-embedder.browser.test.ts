import { describe, expect, test } from 'vitest';
import { answer, open, question, rephrased } from './test-optimizer.js';

/** An optimizer on an embedder that fails as `name` says. */
function openOn(name: string, options: Parameters<typeof open>[0] = {}) {
  const worker = () =>
    new Worker(new URL('./test-workers/failing-embedder.ts', import.meta.url), {
      type: 'module',
      name,
    });
  const world = open({ worker, ...options });
  return {
    ...world,
    /** What was told of failures: code and reason. */
    failures: () =>
      world.events.flatMap((event) =>
        event.type === 'fallback' ? [`${event.code}: ${event.reason}`] : [],
      ),
  };
}

async function expectExactHits({ optimizer }: Pick<ReturnType<typeof open>, 'optimizer'>) {
  await optimizer.store(question, answer);
  expect(await optimizer.lookup(question)).toMatchObject({ kind: 'hit', tier: 'exact' });
  expect(await optimizer.lookup(rephrased)).toMatchObject({ kind: 'miss' });
}

test('an embedder that works, and fails at nothing', async () => {
  const world = openOn('works');
  expect(await world.optimizer.loadModel()).toMatchObject({
    semantic: 'available',
    model: 'fake',
    reason: 'embedder of the app, 8 dims',
  });
  expect(world.failures()).toEqual([]);
});

describe('exact repeats are served, and an event says why no more is, where an embedder', () => {
  test.each([
    ['throws', 'failed with RangeError: no memory'],
    ['gives NaN', 'has length NaN'],
    ['gives nothing but zeros', 'has length 0'],
    ['gives the wrong shape', 'gave 9 components and not 8'],
    ['gives no vector', 'gave no Float32Array'],
  ])('%s at once', async (how, why) => {
    const world = openOn(`at once: ${how}`);
    expect(await world.optimizer.loadModel()).toMatchObject({
      semantic: 'unavailable',
      code: 'model-load-failed',
      reason: expect.stringContaining(why),
    });
    await expectExactHits(world);
    expect(world.failures()[0]).toContain(why);
  });

  test.each([
    ['throws', 'failed with RangeError'],
    ['gives NaN', 'has length NaN'],
    ['gives the wrong shape', 'gave 9 components and not 8'],
  ])('%s later', async (how, why) => {
    const world = openOn(`later: ${how}`);
    expect(await world.optimizer.loadModel()).toMatchObject({ semantic: 'available' });
    await expectExactHits(world);
    expect(new Set(world.failures())).toEqual(
      new Set([expect.stringMatching(`^inference-failed: .*${why}`)]),
    );
  });

  test('gives all texts the same vector', async () => {
    const world = openOn('same for all');
    expect((await world.optimizer.loadModel()).reason).toContain('the same vector');
    await expectExactHits(world);
  });

  test('is promised, and cannot be made', async () => {
    const world = openOn('rejects');
    expect(await world.optimizer.loadModel()).toMatchObject({
      semantic: 'unavailable',
      reason: expect.stringContaining('no such model'),
    });
    await expectExactHits(world);
    expect(world.failures()[0]).toMatch(/^model-load-failed: .*no such model/);
  });

  test('is promised, and never comes', async () => {
    const world = openOn('pends');
    await expectExactHits(world);
    expect(await world.optimizer.status()).toMatchObject({
      semantic: 'downloading',
      reason: 'waits for the embedder of the app',
    });
  });

  test('never answers: a lookup is over at its deadline', async () => {
    const world = openOn('later: never answers', { deadlineMs: 1_000 });
    await world.optimizer.loadModel();
    expect(await world.optimizer.lookup(rephrased)).toMatchObject({ kind: 'miss' });
    expect(world.failures()).toEqual([expect.stringContaining('deadline-exceeded')]);
    await expectExactHitsWhileBusy(world);
  });
});

/** Storing waits for the vector of its prompt, but the entry is there before. */
async function expectExactHitsWhileBusy({ optimizer }: ReturnType<typeof openOn>) {
  void optimizer.store(question, answer);
  await expect.poll(async () => (await optimizer.lookup(question)).kind).toBe('hit');
}

test('an option that is wrong stops the worker, and the page is told which', async () => {
  const world = openOn('no id');
  expect((await world.optimizer.lookup(question)).kind).toBe('miss');
  expect(world.failures()[0]).toMatch(/^worker-crashed: .*the embedder needs an id/);
});
