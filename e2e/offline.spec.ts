import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { preview } from 'vite';
import { question, rephrased, useDemo } from './demo-page.js';

test.use({ serviceWorkers: 'allow' });
test.describe.configure({ timeout: 120_000 });

test('after the first visit the demo works without a network', async ({ page, context }) => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const server = await preview({
    configFile: `${root}vite.config.ts`,
    logLevel: 'silent',
    preview: { host: '127.0.0.1', port: 0, strictPort: false },
  });
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  const demo = useDemo(page);
  await demo.waitForStatus('available');
  expect((await demo.ask(question)).badge).toBe('Miss');
  await expect.poll(() => countKept(page), { timeout: 30_000 }).toBeGreaterThan(10);
  // No network, and nothing that could answer on it.
  await context.setOffline(true);
  await server.close();
  await page.reload();
  await expect(page.getByText('Offline: stored answers only')).toBeVisible();
  await demo.waitForStatus('available');
  expect((await demo.ask(question)).badge).toBe('Hit, exact');
  expect((await demo.ask(rephrased)).badge).toBe('Hit, semantic');
  await page.getByRole('textbox', { name: 'Your question' }).fill('Do you ship to Norway?');
  await page.keyboard.press('Enter');
  const missed = page.getByRole('article').last();
  await expect(missed).toHaveAttribute('data-phase', 'failed');
  await expect(missed).toContainText('There is no network, and nothing stored answers this.');
  await demo.goTo('charts');
  await expect(page.getByText(/2 hits, median/)).toBeVisible();
});

/** Files kept, once the runtime of the models is among them; 0 before. */
async function countKept(page: Page): Promise<number> {
  const kept = await page.evaluate(async () => {
    const cache = await caches.open('skimp-demo');
    return (await cache.keys()).map(({ url }) => url);
  });
  const hasRuntime = kept.some((url) => url.endsWith('.wasm'));
  const hasCharts = kept.some((url) => /charts-page.*\.css$/.test(url));
  return hasRuntime && hasCharts ? kept.length : 0;
}
