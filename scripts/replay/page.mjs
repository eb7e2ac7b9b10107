/** Runs the built replay page in headless Chromium. Needs what `setup()` installs. */
import { join } from 'node:path';
import { root } from '../setup.mjs';

/** @typedef {import('./rows.mjs').Row} Row */
/** @typedef {import('../../src/demo/replay-row.ts').RowOutcome} RowOutcome */
/** @typedef {import('../../src/demo/replay-session.ts').PromptPair} PromptPair */
/** @typedef {import('../../src/demo/replay-session.ts').ReplayOptions} ReplayOptions */
/** @typedef {import('../../src/demo/replay-session.ts').ReplaySummary} ReplaySummary */
/** @typedef {import('../../src/demo/replay.ts').ReplayApi} ReplayApi `globalThis.skimpReplay` */
/** @typedef {import('../../src/index.ts').PromptComparison} PromptComparison */

/**
 * @typedef {object} PageOptions
 * @property {import('playwright').Browser} browser
 * @property {string} url address of the pages
 * @property {Omit<ReplayOptions, 'databaseName'>} settings
 */

/** Rows that cross to the page at a time. */
const BATCH = 200;

/**
 * Serves dist-demo/ with the FAQ.
 *
 * @param {number} [port] the next free one is taken
 * @param {readonly import('vite').Plugin[]} [plugins] what else is served
 */
export async function servePages(port = 4173, plugins = []) {
  const { preview } = await import('vite');
  const server = await preview({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    plugins: [...plugins],
    preview: { host: '127.0.0.1', port, strictPort: false },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the preview server has no address');
  return { url, close: () => server.close() };
}

/** @param {{ chromiumPath: string, webgpu?: boolean }} options */
export async function launchChromium({ chromiumPath, webgpu = false }) {
  const { chromium } = await import('playwright');
  const gpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', ...(webgpu ? gpu : [])],
  });
}

/**
 * Opens a page in a profile of its own, and makes it ready.
 *
 * @template T
 * @param {import('playwright').Browser} browser
 * @param {string} url of the page
 * @param {(page: import('playwright').Page) => Promise<T>} open
 * @returns {Promise<{ page: import('playwright').Page, opened: T, pageErrors: string[],
 *   close: () => Promise<void> }>} `pageErrors`: those that nothing caught, so far
 */
export async function openPage(browser, url, open) {
  const context = await browser.newContext();
  const page = await context.newPage();
  /** @type {string[]} */
  const pageErrors = [];
  page.on('pageerror', (error) => pageErrors.push(String(error)));
  try {
    await page.goto(url);
    return { page, opened: await open(page), pageErrors, close: () => context.close() };
  } catch (error) {
    await context.close();
    throw error;
  }
}

/**
 * Opens the page with an optimizer whose model runs.
 *
 * @param {PageOptions} options
 */
export async function openReplayPage({ browser, url, settings }) {
  const options = { ...settings, databaseName: `skimp-replay-${process.pid}` };
  const { page, pageErrors, close } = await openPage(
    browser,
    new URL('replay.html', url).href,
    (page) => page.evaluate((given) => globalThis.skimpReplay.open(given), options),
  );
  return {
    page,
    pageErrors,
    summary: () => page.evaluate(() => globalThis.skimpReplay.summary()),
    async close() {
      await page.evaluate(() => globalThis.skimpReplay.close()).catch(() => {}); // it has crashed
      await close();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openReplayPage>>} ReplayPage */

/**
 * Sends rows through the page, run by run.
 *
 * @param {PageOptions & { rows: readonly Row[], onProgress?: (done: number) => void }} options rows
 *   of one run stand together
 * @returns {Promise<{ outcomes: RowOutcome[], summary: ReplaySummary, maxBytes: number, pageErrors: string[] }>}
 */
export async function replayRows({ rows, onProgress = () => {}, ...options }) {
  const opened = await openReplayPage(options);
  const { page, pageErrors } = opened;
  try {
    /** @type {RowOutcome[]} */
    const outcomes = [];
    let maxBytes = 0;
    for (const batch of toBatches(rows)) {
      if (batch.startsRun && outcomes.length > 0) {
        await page.evaluate(() => globalThis.skimpReplay.startRun());
      }
      const sent = batch.rows.map(({ prompt, cluster }) => ({ prompt, cluster }));
      const done = await page.evaluate((list) => globalThis.skimpReplay.run(list), sent);
      outcomes.push(...done);
      const { stats } = await opened.summary();
      maxBytes = Math.max(maxBytes, stats.bytes);
      onProgress(outcomes.length);
    }
    return { outcomes, summary: await opened.summary(), maxBytes, pageErrors };
  } finally {
    await opened.close();
  }
}

/**
 * Compares pairs in all the pages at once.
 *
 * @param {readonly ReplayPage[]} pages
 * @param {readonly PromptPair[]} pairs
 * @returns {AsyncGenerator<readonly PromptComparison[]>} comparisons in the order of the pairs
 */
export async function* comparePairs(pages, pairs) {
  const step = BATCH * pages.length;
  for (let at = 0; at < pairs.length; at += step) {
    const lists = await Promise.all(
      pages.map(({ page }, index) => {
        const from = at + index * BATCH;
        const sent = pairs.slice(from, from + BATCH).map(({ q1, q2 }) => ({ q1, q2 }));
        return page.evaluate((list) => globalThis.skimpReplay.compare(list), sent);
      }),
    );
    yield lists.flat();
  }
}

/** @param {readonly Row[]} rows */
function* toBatches(rows) {
  for (let at = 0; at < rows.length;) {
    const { run } = rows[at] ?? {};
    let end = at + 1;
    while (end < rows.length && end - at < BATCH && rows[end]?.run === run) end += 1;
    yield { rows: rows.slice(at, end), startsRun: at === 0 || rows[at - 1]?.run !== run };
    at = end;
  }
}
