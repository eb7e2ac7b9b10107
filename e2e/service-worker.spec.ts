import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { build } from 'vite';
import { ENDLESS, serveChatUpstream } from './chat-upstream.js';
import type { ChatUpstream } from './chat-upstream.js';
import { question, rephrased } from './demo-page.js';
import { installPackedApp, serveBuilt } from './packed-app.js';
import type { PackedApp, Served } from './packed-app.js';

test.describe.configure({ timeout: 120_000 });
test.use({ serviceWorkers: 'allow' });

let app: PackedApp;
let served: Served;
let upstream: ChatUpstream;
test.beforeAll(async () => {
  test.setTimeout(240_000); // packing and installing take most of the time
  app = await installPackedApp('examples/service-worker');
  // A computer that runs tests is busy: the deadline of a request is not what is tested.
  await writeFile(join(app.folder, 'limits.js'), 'export const deadlineMs = 15_000;\n');
  upstream = await serveChatUpstream();
  process.env['UPSTREAM'] = upstream.url;
  const configFile = join(app.folder, 'sw.config.js');
  await build({ root: app.folder, configFile, logLevel: 'warn' });
  served = await serveBuilt(app, 'vite.config.js');
});
test.afterAll(async () => {
  await served?.close();
  await upstream?.close();
  await app?.remove();
});

test('a page with a plain fetch: a miss, then hits, whole and streamed', async ({ context }) => {
  const { page, ask } = await openApp(context);
  await page.evaluate(() => skimp.loadModel());
  const before = upstream.asked.length;
  expect(await ask(question)).toEqual({ tier: 'miss', text: 'Two years.' });
  expect(await ask(question)).toEqual({ tier: 'exact', text: 'Two years.' });
  expect(await ask(question, { stream: true })).toEqual({ tier: 'exact', text: 'Two years.' });
  expect(await ask(rephrased)).toEqual({ tier: 'semantic', text: 'Two years.' });
  expect(upstream.asked.slice(before)).toEqual([question]);
});

test('the app shows a streamed answer, the first time and from the cache', async ({ context }) => {
  const { page, stored } = await openApp(context);
  const before = upstream.asked.length;
  for (let time = 0; time < 2; time += 1) {
    const kept = time === 0 ? stored() : undefined;
    await page.getByRole('textbox').fill('What does the app show?');
    await page.keyboard.press('Enter');
    await expect(page.locator('output')).toHaveText('Two years.');
    await kept;
  }
  expect(upstream.asked.slice(before)).toEqual(['What does the app show?']);
});

test('what one tab asked another one is answered, after a reload too', async ({ context }) => {
  const left = await openApp(context);
  const right = await openApp(context);
  expect((await left.ask('Of two tabs?')).tier).toBe('miss');
  expect((await right.ask('Of two tabs?')).tier).toBe('exact');
  await left.page.close();
  await right.page.reload();
  await waitForPage(right.page);
  expect((await right.ask('Of two tabs?')).tier).toBe('exact');
});

test('a service worker that the browser ended starts again and finds its page', async ({
  context,
}) => {
  const { page, ask } = await openApp(context);
  expect((await ask('Of a restart?')).tier).toBe('miss');
  const devtools = await context.newCDPSession(page);
  await devtools.send('ServiceWorker.enable');
  await devtools.send('ServiceWorker.stopAllWorkers');
  expect((await ask('Of a restart?')).tier).toBe('exact');
});

test('an update of the service worker takes over without a reload', async ({ context }) => {
  const { page, ask } = await openApp(context);
  expect((await ask('Of an update?')).tier).toBe('miss');
  await appendFile(join(app.folder, 'dist/sw.js'), '// updated\n');
  await page.evaluate(async () => {
    const replaced = new Promise((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
    });
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    await replaced;
  });
  expect((await ask('Of an update?')).tier).toBe('exact');
});

test('without an optimizer, or with one that was closed, requests go through', async ({
  context,
}) => {
  const { page, ask } = await openApp(context);
  expect((await ask('Of a dead optimizer?')).tier).toBe('miss');
  await page.evaluate(() => skimp.close());
  expect(await ask('Of a dead optimizer?', { isKept: false })).toEqual({
    tier: 'miss',
    text: 'Two years.',
  });
  const bare = await context.newPage();
  await bare.route('**/assets/*.js', (route) => route.abort());
  await bare.goto(served.url);
  expect(await bare.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  const startedAt = Date.now();
  expect(await askIn(bare, 'Of a dead optimizer?', {})).toEqual({
    tier: 'miss',
    text: 'Two years.',
  });
  // It did not wait for an answer that cannot come.
  expect(Date.now() - startedAt).toBeLessThan(10_000);
});

test('an abort in the stream reaches the server, and nothing is kept', async ({ context }) => {
  const { page, ask } = await openApp(context);
  const before = upstream.left();
  const name = await page.evaluate(async (content) => {
    const controller = new AbortController();
    const response = await fetch('/v1/chat/completions', {
      method: 'POST',
      body: JSON.stringify({ model: 'faq', stream: true, messages: [{ role: 'user', content }] }),
      signal: controller.signal,
    });
    const reader = response.body?.getReader();
    await reader?.read();
    controller.abort();
    return reader?.read().then(
      () => 'no error',
      (error: unknown) => (error instanceof Error ? error.name : ''),
    );
  }, `An ${ENDLESS} answer?`);
  expect(name).toBe('AbortError');
  await expect.poll(() => upstream.left()).toBe(before + 1);
  expect((await ask(`An ${ENDLESS} answer?`)).tier).toBe('miss');
});

type Asked = { readonly tier: string; readonly text: string };
type AskOptions = { readonly stream?: boolean; readonly isKept?: boolean };

/** Opens the app and waits until the service worker controls it. */
async function openApp(context: BrowserContext) {
  const page = await context.newPage();
  await page.goto(served.url);
  await waitForPage(page);
  const stored = () =>
    page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const stop = skimp.onEvent(({ type }) => {
            if (!['cache-store', 'cache-skip', 'fallback'].includes(type)) return;
            stop();
            resolve(type);
          });
        }),
    );
  const ask = async (text: string, options: AskOptions = {}): Promise<Asked> => {
    if (options.isKept === false) return askIn(page, text, options);
    const kept = stored();
    const asked = await askIn(page, text, options);
    if (asked.tier === 'miss') expect(await kept).toBe('cache-store');
    else kept.catch(() => {}); // ends with the page
    return asked;
  };
  return { page, ask, stored };
}

async function waitForPage(page: Page): Promise<void> {
  await page.waitForFunction(
    () => 'skimp' in globalThis && navigator.serviceWorker.controller !== null,
  );
}

/** As the app does: `fetch`, and nothing else. */
function askIn(page: Page, content: string, { stream = false }: AskOptions): Promise<Asked> {
  return page.evaluate(
    async ({ content, stream }) => {
      const response = await fetch('/v1/chat/completions', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'faq', stream, messages: [{ role: 'user', content }] }),
      });
      const tier = response.headers.get('x-skimp-tier') ?? 'miss';
      const body = await response.text();
      const parts = stream
        ? body.split('\n').filter((line) => line.startsWith('data: {'))
        : [`data: ${body}`];
      const texts = parts.map((part) => {
        const [choice] = JSON.parse(part.slice('data: '.length)).choices;
        return choice?.delta?.content ?? choice?.message?.content ?? '';
      });
      return { tier, text: texts.join('') };
    },
    { content, stream },
  );
}

declare global {
  /** The optimizer that `skimp-page.js` shows to the console. */
  var skimp: import('../src/index.js').Optimizer;
}
