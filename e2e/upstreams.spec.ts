import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openDemo, question } from './demo-page.js';

const names = {
  faq: 'Built-in FAQ server, not a language model',
  browser: 'The model of this browser (Prompt API)',
  custom: 'A model of yours, OpenAI-compatible',
};

test('the FAQ is the default, and what is not there is not offered', async ({ page }) => {
  // Headless Chromium may have the API; it has no model.
  await page.addInitScript(() => {
    Object.assign(globalThis, { LanguageModel: { availability: async () => 'unavailable' } });
  });
  await openDemo(page);
  await openSettings(page);
  await expect(page.getByRole('radio', { name: names.faq })).toBeChecked();
  await expect(page.getByRole('radio', { name: names.custom })).toBeVisible();
  await expect(page.getByRole('radio', { name: names.browser })).toHaveCount(0);
});

test("the browser's own model answers, and its answers are cached", async ({ page }) => {
  await page.addInitScript(provideLanguageModel);
  const demo = await openDemo(page);
  await demo.waitForStatus('available');
  await openSettings(page);
  await page.getByRole('radio', { name: names.browser }).check();
  expect(await demo.ask(question)).toMatchObject(said('Miss'));
  expect(await demo.ask(question)).toMatchObject(said('Hit, exact'));
});

test("a server's models are listed; one that forbids other pages is explained", async ({
  page,
  baseURL,
}) => {
  const open = await serveModels(baseURL ?? '');
  const closed = await serveModels();
  await openDemo(page);
  await openSettings(page);
  await page.getByRole('radio', { name: names.custom }).check();
  const address = page.getByLabel('Base URL');
  await address.fill(open.url);
  await page.getByRole('button', { name: 'List its models' }).click();
  await expect(page.getByText('2 models to choose from.')).toBeVisible();
  await expect(page.getByLabel('Model', { exact: true })).toHaveValue('small');
  await address.fill(closed.url);
  await page.getByRole('button', { name: 'List its models' }).click();
  await expect(page.getByText('(CORS)')).toBeVisible();
  await page.getByRole('textbox', { name: 'Your question' }).fill(question);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article')).toContainText(`${new URL(closed.url).origin} cannot be`);
  open.close();
  closed.close();
});

function said(badge: string) {
  return { badge, text: expect.stringContaining(`You said: ${question}`) as unknown };
}

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Settings' }).click();
}

/** A language model of the browser, in the shape of the Prompt API. */
function provideLanguageModel(): void {
  const create = async () => ({
    contextUsage: 0,
    measureContextUsage: async () => 1,
    promptStreaming: (input: string) =>
      new ReadableStream({
        start(controller) {
          for (const piece of ['You ', 'said: ', input]) controller.enqueue(piece);
          controller.close();
        },
      }),
    destroy: () => {},
  });
  Object.assign(globalThis, { LanguageModel: { availability: async () => 'available', create } });
}

/** A server with a model list, which the page at `allowed` may read. */
async function serveModels(allowed?: string): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    if (allowed !== undefined) {
      response.setHeader('access-control-allow-origin', new URL(allowed).origin);
    }
    response.end(JSON.stringify({ data: [{ id: 'small' }, { id: 'large' }] }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
