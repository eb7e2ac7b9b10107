import { expect, test } from '@playwright/test';
import { openDemo, question } from './demo-page.js';

test('after a reload the answers are there, and an exact hit needs no model', async ({ page }) => {
  await page.route('**/models/**', (route) => route.abort());
  const before = await openDemo(page);
  await before.waitForStatus('unavailable');
  expect((await before.ask(question)).badge).toBe('Miss');
  await page.reload();
  const after = await openDemo(page);
  expect((await after.ask(question)).badge).toBe('Hit, exact');
});

test('the second visit takes the model from the cache of the first', async ({ page }) => {
  const first = await openDemo(page);
  await first.waitForStatus('available');
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.reload();
  await first.waitForStatus('available');
  expect(fetched.filter((path) => path.endsWith('.onnx'))).toEqual([]);
});
