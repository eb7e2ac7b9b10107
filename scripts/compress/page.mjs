/** Runs the built page that compresses, in headless Chromium. Needs what `setup()` installs. */
import { openPage } from '../replay/page.mjs';

/** @typedef {import('../../src/demo/compress-session.ts').CompressSettings} CompressSettings */
/** @typedef {import('../../src/demo/compress-session.ts').CompressOutcome} Outcome */
/** @typedef {import('../../src/demo/compress-batch.ts').CompressApi} CompressApi `globalThis.skimpCompress` */
/** @typedef {import('../../src/index.ts').CompressionRequest} CompressionRequest */

/**
 * @param {object} options
 * @param {import('playwright').Browser} options.browser
 * @param {string} options.url address of the pages
 * @param {Omit<CompressSettings, 'databaseName'>} options.settings
 * @param {(done: number, total: number) => void} options.onWindow how far a long text is
 */
export async function openCompressPage({ browser, url, settings, onWindow }) {
  const options = { ...settings, databaseName: `skimp-compress-${process.pid}` };
  const { page, pageErrors, close } = await openPage(
    browser,
    new URL('compress-batch.html', url).href,
    async (page) => {
      await page.exposeFunction('onSkimpWindow', onWindow);
      await page.evaluate((given) => globalThis.skimpCompress.open(given), options);
    },
  );
  return {
    pageErrors,
    /** @param {CompressionRequest} request @returns {Promise<Outcome>} */
    compress: (request) =>
      page.evaluate((given) => globalThis.skimpCompress.compress(given), request),
    summary: () => page.evaluate(() => globalThis.skimpCompress.summary()),
    async close() {
      await page.evaluate(() => globalThis.skimpCompress.close()).catch(() => {}); // it has crashed
      await close();
    },
  };
}
