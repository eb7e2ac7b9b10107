#!/usr/bin/env node
/**
 * `npm run screenshots`: docs/screenshots/, each page of the demo in both colour schemes, as README
 * shows them. `-- chat charts` takes those alone.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureDemo } from './build.mjs';
import { launchChromium, servePages } from './replay/page.mjs';
import { root, runMain, setup } from './setup.mjs';

/** @typedef {import('playwright').Page} Page */

const WIDTH = 1280;
const HEIGHT = 860;
/** README is cloned with them. */
const MAX_BYTES = 150_000;
const LONG_MS = 60_000;

/** Alike in words, told apart by their meaning. */
const questions = [
  'How long is the warranty on tents bought in 2022?',
  'How long is the warranty on tents bought in 2024?',
  'How long is the warranty for tents purchased in 2022?',
];

/**
 * What each page is brought to before its picture is taken, in this order: each finds what the one
 * before has left.
 *
 * @type {Readonly<Record<string, (page: Page) => Promise<void>>>}
 */
const steps = {
  async chat(page) {
    for (const question of questions) await ask(page, question);
    await page.locator('.why summary').last().click();
    await page.locator('[data-testid=last-question][data-settled=true]').waitFor();
  },
  async compressor(page) {
    await page.locator('[data-page=compressor] del').first().waitFor({ timeout: LONG_MS });
    // The diff is further down than the window reaches.
    const columns = page.locator('[data-page=compressor] .columns');
    await columns.evaluate((element) => element.scrollIntoView());
  },
  async charts(page) {
    const fill = page.getByRole('button', { name: 'Ask a dozen sample prompts' });
    await fill.click();
    await fill.waitFor({ timeout: LONG_MS });
  },
  async inspector(page) {
    await page.locator('[data-page=inspector] tbody tr').first().waitFor();
  },
};

/** @param {Page} page @param {string} question */
async function ask(page, question) {
  const answers = page.locator('[data-page=chat] article');
  const count = await answers.count();
  await page.getByRole('textbox', { name: 'Your question' }).fill(question);
  await page.keyboard.press('Enter');
  await page.locator(`article:nth-of-type(${count + 1})[data-phase=done]`).waitFor();
}

/**
 * @param {Page} page
 * @param {{ name: string, scheme: string }} options
 */
async function take(page, { name, scheme }) {
  await page.goto(`${new URL(page.url()).origin}/#/${name}`);
  await steps[name]?.(page);
  // Neither a pointer nor a focus ring, but what a visitor sees; charts settle in a frame or two.
  await page.mouse.move(0, 0);
  await page.evaluate('document.activeElement?.blur()');
  await page.waitForTimeout(500);
  const path = join(root, 'docs/screenshots', `${name}-${scheme}.webp`);
  const image = await capture(page);
  console.log(`${relative(root, path)}: ${Math.round(image.length / 1_000)} kB`);
  if (image.length > MAX_BYTES) throw new Error(`${path} is larger than ${MAX_BYTES} bytes`);
  writeFileSync(path, image);
}

/** As WebP, which Playwright itself does not write. @param {Page} page */
async function capture(page) {
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  return Buffer.from(data, 'base64');
}

/**
 * @param {import('playwright').Browser} browser
 * @param {{ url: string, names: readonly string[], scheme: 'light' | 'dark' }} options
 */
async function takeAll(browser, { url, names, scheme }) {
  const context = await browser.newContext({
    viewport: { width: WIDTH, height: HEIGHT },
    deviceScaleFactor: 1.5,
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('[data-testid=status][data-status=available]').waitFor({ timeout: LONG_MS });
  for (const name of names) await take(page, { name, scheme });
  await context.close();
}

await runMain(import.meta.url, async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => steps[name] === undefined);
  if (unknown.length > 0) throw new Error(`no such page: ${unknown.join(', ')}`);
  const names = Object.keys(steps).filter((name) => wanted.length === 0 || wanted.includes(name));
  const { chromiumPath } = await setup();
  await ensureDemo();
  mkdirSync(join(root, 'docs/screenshots'), { recursive: true });
  const pages = await servePages();
  const browser = await launchChromium({ chromiumPath });
  try {
    for (const scheme of /** @type {const} */ (['light', 'dark'])) {
      await takeAll(browser, { url: pages.url, names, scheme });
    }
  } finally {
    await browser.close();
    await pages.close();
  }
});
