import { expect, test } from '@playwright/test';
import { openDemo, question } from './demo-page.js';

test('a full disk costs no request', async ({ page, baseURL }) => {
  const devtools = await page.context().newCDPSession(page);
  const origin = baseURL ?? '';
  // Too small for the model file's copy, too, which is then fetched anew on each visit.
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 300_000 });
  await page.goto('/replay.html');
  const outcomes = await page.evaluate(async () => {
    await skimpReplay.open({ databaseName: 'full', upstream: 'local', deadlineMs: 5_000 });
    const rows = Array.from({ length: 300 }, (_, row) => `what is written on page ${row}`);
    return skimpReplay.run(rows.map((prompt) => ({ prompt, cluster: prompt })));
  });
  expect(outcomes).toHaveLength(300);
  expect(outcomes.filter(({ isWrong }) => isWrong)).toEqual([]);
  // LevelDB gives freed space back late, so that not all find room after an eviction.
  const errors = new Set(outcomes.flatMap((outcome) => outcome.errors));
  expect(errors).toEqual(new Set(['storage-full', 'not-stored']));
  expect(outcomes.filter((outcome) => outcome.errors.length === 0).length).toBeGreaterThan(10);
});

test('storage cleared under the page is opened anew', async ({ page, baseURL }) => {
  const demo = await openDemo(page);
  await demo.waitForStatus('available');
  await demo.ask(question);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', {
    origin: baseURL ?? '',
    storageTypes: 'indexeddb',
  });
  expect((await demo.ask(question)).badge).toBe('Miss');
  expect((await demo.ask(question)).badge).toBe('Hit, exact');
});
