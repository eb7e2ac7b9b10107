import { expect, test } from 'vitest';
import { createMemoryFeedbackStore } from './feedback-store.js';
import type { FeedbackStore } from './feedback-store.js';
import { openThreshold } from './threshold.js';

const riskModel = { bias: 0, weights: {}, maxRiskByErrorRate: { '0.01': 0.1, '0.1': 0.3 } };
const open = (store: FeedbackStore, change: object = {}, maxErrorRate = 0.01) =>
  openThreshold({ store, riskModel: { ...riskModel, ...change }, maxErrorRate });

test('it starts as calibrated for the error budget', async () => {
  const threshold = await open(createMemoryFeedbackStore());
  expect(threshold.read()).toEqual({ maxRisk: 0.1, goodReports: 0, wrongReports: 0 });
});

test('a report on what was never served changes nothing', async () => {
  const threshold = await open(createMemoryFeedbackStore());
  expect(await threshold.report('k', 'wrong')).toBe(false);
  expect(threshold.read()).toMatchObject({ maxRisk: 0.1, wrongReports: 0 });
});

test('a report on what was served moves it, once', async () => {
  const threshold = await open(createMemoryFeedbackStore());
  threshold.noteServed('k');
  expect(await threshold.report('k', 'wrong')).toBe(true);
  const { maxRisk, wrongReports } = threshold.read();
  expect(wrongReports).toBe(1);
  expect(maxRisk).toBeLessThan(0.05);
  expect(await threshold.report('k', 'wrong')).toBe(false);
  expect(threshold.read().maxRisk).toBe(maxRisk);
});

test('it outlives its worker, and another one reads it again', async () => {
  const store = createMemoryFeedbackStore();
  const [here, there] = [await open(store), await open(store)];
  here.noteServed('k');
  await here.report('k', 'wrong');
  expect(there.read().maxRisk).toBe(0.1);
  await there.reload();
  expect(there.read()).toEqual(here.read());
  expect((await open(store)).read()).toEqual(here.read());
});

test.each<[string, object, number]>([
  ['calibration', { bias: 0.5 }, 0.01],
  ["model's calibration", { modelSha256: 'other' }, 0.01],
  ['error budget', {}, 0.02],
])('another %s starts afresh', async (_what, change, maxErrorRate) => {
  const store = createMemoryFeedbackStore();
  const first = await open(store);
  first.noteServed('k');
  await first.report('k', 'wrong');
  const second = await open(store, change, maxErrorRate);
  expect(second.read()).toEqual({ maxRisk: 0.1, goodReports: 0, wrongReports: 0 });
  expect(await second.report('k', 'good')).toBe(false);
});

test('a record that makes no sense leaves the surest hits only', async () => {
  const store = createMemoryFeedbackStore();
  const { id } = await open(store);
  const broken: FeedbackStore = { ...store, read: async () => ({ lowered: 'much' }) };
  const threshold = await open(broken);
  expect(threshold.id).toBe(id);
  expect(threshold.read().maxRisk).toBeGreaterThan(0);
  expect(threshold.read().maxRisk).toBeLessThan(0.01);
});
