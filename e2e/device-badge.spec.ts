import { expect, test } from '@playwright/test';
import type { Page, Route } from '@playwright/test';
import { openDemo, question } from './demo-page.js';

/** Holds the answer to each request for the weights until `release` is called. */
async function holdWeights(page: Page, pattern: string) {
  const held: Route[] = [];
  await page.route(pattern, (route) => void held.push(route));
  return {
    held,
    async release() {
      await page.unroute(pattern);
      for (const route of held) await route.continue().catch(() => {}); // of a worker that ended
    },
  };
}

test('a download shows its progress, can be cancelled, and begun again', async ({ page }) => {
  const weights = await holdWeights(page, '**/verifier_quantized.onnx');
  const demo = await openDemo(page);
  await demo.waitForStatus('downloading');
  await expect.poll(() => weights.held.length).toBeGreaterThan(0);
  await expect(page.getByTestId('status')).toContainText(/Loading, \d+ %/);
  const panel = page.getByRole('region', { name: 'In this browser' });
  await expect(panel.getByText(/^\d+(\.\d)? MB of 34\.8 MB$/)).toBeVisible();
  await panel.getByRole('button', { name: 'Cancel the download' }).click();
  await demo.waitForStatus('downloadable');
  expect((await demo.ask(question)).badge).toBe('Miss');
  expect((await demo.ask(question)).badge).toBe('Hit, exact');
  await weights.release();
  await panel.getByRole('button', { name: 'Download 34.8 MB' }).click();
  await demo.waitForStatus('available');
});

test('who saves data is asked first, with the size', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
  });
  const weights: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.onnx')) weights.push(request.url());
  });
  const demo = await openDemo(page);
  await demo.waitForStatus('downloadable');
  const panel = page.getByRole('region', { name: 'In this browser' });
  const download = panel.getByRole('button', { name: /^Download \d+(\.\d)? MB/ });
  await expect(download).toBeVisible();
  await demo.goTo('compressor');
  await demo.goTo('chat');
  expect(weights).toEqual([]);
  await download.click();
  await demo.waitForStatus('available');
});

test("the compressor's model is loaded by its page, and the badge tells of both", async ({
  page,
}) => {
  const demo = await openDemo(page);
  await demo.waitForStatus('available');
  await page.getByTestId('status').click();
  const details = page.getByRole('dialog', { name: 'Where the models run' });
  const compressor = details.locator('[data-model=compressor]');
  await expect(compressor).toContainText('Not loaded');
  await expect(compressor).toContainText('11.2 MB');
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await demo.goTo('compressor');
  await page.getByTestId('status').click();
  await expect(compressor).toContainText('Ready', { timeout: 30_000 });
  await expect(compressor).toContainText('WASM, q8');
});
