import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import { openHealingDatabase } from './database.js';
import { afterReport, noFeedback, readFeedback } from './feedback.js';
import { createMemoryFeedbackStore, MAX_SERVED } from './feedback-store.js';
import type { FeedbackStore } from './feedback-store.js';
import { createIdbFeedbackStore } from './idb-feedback-store.js';

let databases = 0;
const variations: readonly (readonly [string, () => Promise<FeedbackStore>])[] = [
  ['memory', async () => createMemoryFeedbackStore()],
  [
    'indexeddb',
    async () => createIdbFeedbackStore(await openHealingDatabase(`feedback-${(databases += 1)}`)),
  ],
];
const wrong = (stored: unknown) => afterReport(readFeedback(stored), 'wrong', 0);

describe.each(variations)('feedback store in %s', (_kind, open) => {
  test('a report on a hit that was noted counts once', async () => {
    const store = await open();
    await store.noteServed('t', 'k');
    expect(await store.takeReport('t', 'k', wrong)).toEqual(wrong(undefined));
    expect(await store.takeReport('t', 'k', wrong)).toBeUndefined();
    expect(await store.read('t')).toEqual(wrong(undefined));
  });

  test('a hit served twice may be reported on twice', async () => {
    const store = await open();
    await store.noteServed('t', 'k');
    await store.noteServed('t', 'k');
    await store.takeReport('t', 'k', wrong);
    expect(await store.takeReport('t', 'k', wrong)).toMatchObject({ wrongReports: 2 });
    expect(await store.takeReport('t', 'k', wrong)).toBeUndefined();
  });

  test('thresholds are kept apart', async () => {
    const store = await open();
    await store.noteServed('t', 'k');
    expect(await store.takeReport('other', 'k', wrong)).toBeUndefined();
    expect(await store.takeReport('t', 'k', wrong)).toBeDefined();
    expect(await store.read('other')).toBeUndefined();
  });

  test('the oldest of too many hits is forgotten first, one that was served again is not old', async () => {
    const store = await open();
    await store.noteServed('t', 'again');
    await store.noteServed('t', 'oldest');
    for (let i = 3; i <= MAX_SERVED; i += 1) await store.noteServed('t', `k${i}`);
    await store.noteServed('t', 'again');
    await store.noteServed('t', 'newest');
    expect(await store.takeReport('t', 'oldest', wrong)).toBeUndefined();
    expect(await store.takeReport('t', 'again', wrong)).toBeDefined();
    expect(await store.takeReport('t', 'newest', wrong)).toBeDefined();
  });

  test('hits that are to be forgotten are, the feedback is not', async () => {
    const store = await open();
    for (const key of ['a', 'b', 'b', 'c']) await store.noteServed('t', key);
    await store.takeReport('t', 'b', wrong);
    await store.forgetServed(['a', 'b']);
    expect(await store.takeReport('t', 'a', wrong)).toBeUndefined();
    expect(await store.takeReport('t', 'b', wrong)).toBeUndefined();
    expect(await store.takeReport('t', 'c', wrong)).toMatchObject({ wrongReports: 2 });
  });
});

test('a store in memory takes over what another had', async () => {
  const store = createMemoryFeedbackStore(new Map([['t', { ...noFeedback, lowered: 2 }]]));
  expect(await store.read('t')).toMatchObject({ lowered: 2 });
});
