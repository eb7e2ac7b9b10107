import { expect, test } from '@playwright/test';
import { openDemo, otherYear, question, rephrased } from './demo-page.js';

test('without a GPU the model runs on WASM, and the page says why', async ({ page }) => {
  const demo = await openDemo(page);
  await demo.waitForStatus('available');
  const panel = page.getByRole('region', { name: 'In this browser' });
  await expect(panel.getByText('WASM: WebGPU has no adapter here', { exact: true })).toBeVisible();
  expect((await demo.ask(question)).badge).toBe('Miss');
  expect((await demo.ask(question)).badge).toBe('Hit, exact');
  expect((await demo.ask(rephrased)).badge).toBe('Hit, semantic');
});

test('a question that looks alike and has another answer is asked', async ({ page }) => {
  const demo = await openDemo(page);
  await demo.waitForStatus('available');
  const first = await demo.ask(question);
  const other = await demo.ask(otherYear);
  expect(other.badge).toBe('Miss');
  expect(other.text).not.toBe(first.text);
});
