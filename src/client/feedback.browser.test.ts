import { expect, test } from 'vitest';
import { answer, lenient, open, question, rephrased } from './test-optimizer.js';

const maxRiskOf = async ({ optimizer }: Pick<ReturnType<typeof open>, 'optimizer'>) =>
  (await optimizer.status()).threshold?.maxRisk ?? Number.NaN;

/** An optimizer with a model that has just served a semantic hit. */
async function openWithHit(databaseName = `test-${crypto.randomUUID()}`) {
  const world = open({ databaseName, ...lenient });
  await world.optimizer.loadModel();
  await world.optimizer.store(question, answer);
  const hit = await world.optimizer.lookup(rephrased);
  if (hit.kind !== 'hit') throw new Error(`a miss: ${hit.reason}`);
  return { ...world, key: hit.key, databaseName };
}

test('a wrong report lowers the threshold for every tab and for later visits', async () => {
  const here = await openWithHit();
  const there = open({ databaseName: here.databaseName, ...lenient });
  await there.optimizer.loadModel();
  const before = await maxRiskOf(here);
  expect(await here.optimizer.reportWrongHit(here.key)).toBe(true);
  const after = await maxRiskOf(here);
  expect(after).toBeLessThan(before);
  expect(here.events).toContainEqual(
    expect.objectContaining({ type: 'threshold-change', maxRisk: after, wrongReports: 1 }),
  );
  await expect.poll(() => maxRiskOf(there)).toBe(after);
  const later = open({ databaseName: here.databaseName, ...lenient });
  expect((await later.optimizer.loadModel()).threshold).toEqual({
    maxRisk: after,
    goodReports: 0,
    wrongReports: 1,
  });
});

test('a good report counts once for each semantic hit', async () => {
  const { optimizer, events, key } = await openWithHit();
  expect(await optimizer.reportGoodHit(key)).toBe(true);
  expect(await optimizer.reportGoodHit(key)).toBe(false);
  expect((await optimizer.status()).threshold).toMatchObject({ goodReports: 1, wrongReports: 0 });
  expect((await optimizer.stats()).goodHits).toBe(2);
  expect(events.map(({ type }) => type)).toContain('good-hit');
});

test('an exact hit moves nothing', async () => {
  const { optimizer, events } = open(lenient);
  await optimizer.loadModel();
  await optimizer.store(question, answer);
  const { key = '' } = await optimizer.lookup(question);
  expect(await optimizer.reportGoodHit(key)).toBe(false);
  await optimizer.reportWrongHit(key);
  expect((await optimizer.status()).threshold).toMatchObject({ goodReports: 0, wrongReports: 0 });
  expect(events.map(({ type }) => type)).not.toContain('threshold-change');
});

test('enough wrong reports end semantic hits, and clear() does not bring them back', async () => {
  const { optimizer, key } = await openWithHit();
  await optimizer.reportWrongHit(key);
  for (let reports = 1; reports < 6; reports += 1) {
    await optimizer.store(question, answer);
    const hit = await optimizer.lookup(rephrased);
    if (hit.kind === 'hit') await optimizer.reportWrongHit(hit.key);
  }
  await optimizer.clear();
  await optimizer.store(question, answer);
  expect((await optimizer.lookup(rephrased)).kind).toBe('miss');
  expect(await optimizer.lookup(question)).toMatchObject({ kind: 'hit', tier: 'exact' });
});
