import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { question, rephrased } from './demo-page.js';
import { checkTypes, installPackedApp, serveBuilt, serveDev, serveFiles } from './packed-app.js';
import type { PackedApp } from './packed-app.js';

// Packing and installing take most of the time.
test.describe.configure({ timeout: 240_000 });

let app: PackedApp;
test.beforeAll(async () => {
  app = await installPackedApp();
});
test.afterAll(() => app.remove());

test('the packed types compile in an app without settings of ours', () => {
  checkTypes(app);
});

test('built by Vite, the packed library answers a repeat and a rephrased prompt', async ({
  page,
}) => {
  const served = await serveBuilt(app);
  await expectHits(page, served.url);
  await served.close();
});

test("served by Vite's dev server without any setting", async ({ page }) => {
  const served = await serveDev(app, {});
  await expectHits(page, served.url);
  await served.close();
});

test('without a bundler, through the standalone worker', async ({ page }) => {
  const served = await serveFiles(app);
  await expectHits(page, `${served.url}plain.html`);
  await served.close();
});

async function expectHits(page: Page, url: string): Promise<void> {
  const problems: string[] = [];
  const runtimes: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  // The worker's requests are the context's, not the page's.
  page.context().on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.wasm')) runtimes.push(pathname);
  });
  await page.goto(url);
  await page.waitForFunction(() => 'fixture' in globalThis);
  const status = await page.evaluate(() => fixture.ready());
  expect(status, problems.join('\n')).toMatchObject({ semantic: 'available', backend: 'wasm' });
  const ask = (prompt: string) => page.evaluate((text) => fixture.ask(text), prompt);
  expect(await ask(question)).toEqual({ tier: 'miss', text: 'Two years.' });
  expect(await ask(question)).toEqual({ tier: 'exact', text: 'Two years.' });
  expect(await ask(rephrased)).toEqual({ tier: 'semantic', text: 'Two years.' });
  expect(runtimes).toEqual([expect.stringMatching(/ort-wasm-simd-threaded[^/]*\.wasm$/)]);
  expect(problems).toEqual([]);
}
