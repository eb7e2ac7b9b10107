/** Runs the built replay page in headless Chromium. Needs what `setup()` installs. */
import { join } from 'node:path';
import { root } from '../setup.mjs';

/** @typedef {import('./rows.mjs').Row} Row */
/** @typedef {import('../../src/demo/replay-row.ts').RowOutcome} RowOutcome */
/** @typedef {import('../../src/demo/replay-session.ts').ReplayOptions} ReplayOptions */
/** @typedef {import('../../src/demo/replay-session.ts').ReplaySummary} ReplaySummary */
/** @typedef {import('../../src/demo/replay.ts').ReplayApi} ReplayApi `globalThis.skimpReplay` */

/** Rows that cross to the page at a time. */
const BATCH = 200;

/** Serves dist-demo/ with the FAQ. @param {number} [port] the next free one is taken */
export async function servePages(port = 4173) {
  const { preview } = await import('vite');
  const server = await preview({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
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
 * Sends rows through the page, run by run.
 *
 * @param {object} options
 * @param {import('playwright').Browser} options.browser
 * @param {string} options.url address of the pages
 * @param {Omit<ReplayOptions, 'databaseName'>} options.settings
 * @param {readonly Row[]} options.rows rows of one run stand together
 * @param {(done: number) => void} [options.onProgress]
 * @returns {Promise<{ outcomes: RowOutcome[], summary: ReplaySummary, maxBytes: number, pageErrors: string[] }>}
 */
export async function replayRows({ browser, url, settings, rows, onProgress = () => {} }) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    /** @type {string[]} */
    const pageErrors = [];
    page.on('pageerror', (error) => pageErrors.push(String(error)));
    await page.goto(new URL('replay.html', url).href);
    await page.evaluate((options) => globalThis.skimpReplay.open(options), {
      ...settings,
      databaseName: `skimp-replay-${process.pid}`,
    });
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
      const { stats } = await page.evaluate(() => globalThis.skimpReplay.summary());
      maxBytes = Math.max(maxBytes, stats.bytes);
      onProgress(outcomes.length);
    }
    const summary = await page.evaluate(() => globalThis.skimpReplay.summary());
    await page.evaluate(() => globalThis.skimpReplay.close());
    return { outcomes, summary, maxBytes, pageErrors };
  } finally {
    await context.close();
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
