import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { createTransferWorld } from '../src/worker/cache/test-transfer.js';
import { findViolations } from './accessibility.js';
import { openDemo, otherYear, question, rephrased } from './demo-page.js';

// A telling picture: the two questions of `askTwice`, then the first row opened.

/** Two answers, the older one served once more, and the inspector that shows them. */
async function askTwice(page: Page) {
  const demo = await openDemo(page);
  await demo.waitForStatus('available');
  await demo.ask(question);
  await demo.ask(otherYear);
  await demo.ask(rephrased);
  await demo.goTo('inspector');
  const rows = toRows(page);
  await expect(rows).toHaveCount(2);
  return { demo, rows };
}

const toRows = (page: Page) => page.locator('.inspector tbody').getByRole('row');
const cellOf = (row: Locator, label: string) => row.locator(`[data-label="${label}"]`);
const clickButton = (page: Page, name: string | RegExp) =>
  page.locator('.inspector').getByRole('button', { name }).click();
const toResult = (page: Page) => page.getByTestId('result');

async function exportFile(page: Page, isPortable: boolean): Promise<Buffer> {
  const box = page.getByRole('checkbox', { name: 'for another browser' });
  await box.setChecked(isPortable);
  const downloading = page.waitForEvent('download');
  await clickButton(page, 'Export');
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^skimp-\d{4}-\d\d-\d\d\.jsonl$/);
  return readFile(await download.path());
}

async function importFile(page: Page, buffer: Buffer): Promise<void> {
  const file = { name: 'skimp.jsonl', mimeType: 'application/jsonl', buffer };
  const choosing = page.waitForEvent('filechooser');
  await clickButton(page, 'Import…');
  await (await choosing).setFiles(file);
}

async function clearAll(page: Page): Promise<void> {
  await clickButton(page, 'Clear…');
  await clickButton(page, 'Clear all scopes');
  await expect(page.getByTestId('empty')).toBeVisible();
}

/** A file of `count` answers, as another browser would export it. */
async function createFile(count: number): Promise<Buffer> {
  const world = await createTransferWorld({ ttlMs: 86_400_000, maxBytes: 10_000_000 });
  world.clock.time = Date.now() - 60_000;
  for (let i = 1; i <= count; i += 1) await world.add(`Question number ${i}`, `Answer ${i}.`);
  const file = await world.export({ portable: true });
  return Buffer.from(await file.arrayBuffer());
}

test('what was answered is listed with its hits, and followed while it is shown', async ({
  page,
}) => {
  const { demo, rows } = await askTwice(page);
  await expect(rows.nth(0)).toContainText(otherYear);
  await expect(cellOf(rows.nth(0), 'Hits')).toHaveText('0');
  await expect(cellOf(rows.nth(1), 'Hits')).toHaveText('1');
  await expect(cellOf(rows.nth(1), 'Scope')).toHaveText('demo');
  await expect(cellOf(rows.nth(1), 'Expires in')).toHaveText('6 d');
  await demo.goTo('chat');
  await demo.ask(question);
  await demo.goTo('inspector');
  await expect(cellOf(rows.nth(1), 'Hits')).toHaveText('2');
});

test('a row opens by keyboard and tells the answer and where it came from', async ({ page }) => {
  const { rows } = await askTwice(page);
  const summary = rows.nth(1).locator('summary');
  await summary.focus();
  await page.keyboard.press('Enter');
  await expect(rows.nth(1).locator('.answer')).toBeVisible();
  await expect(rows.nth(1)).toContainText('other wordings, too');
});

test('the filter leaves what matches, and says how many', async ({ page }) => {
  const { rows } = await askTwice(page);
  await page.getByRole('searchbox', { name: 'Filter' }).fill('WARRANTY 2024');
  await expect(rows).toHaveCount(1);
  await expect(page.getByTestId('shown')).toHaveText('1 of 2 answers match.');
});

test('a dropped answer is a miss again, and the focus stays in the list', async ({ page }) => {
  const { demo, rows } = await askTwice(page);
  const dropOf = (row: Locator) => row.getByRole('button', { name: 'Drop' });
  await dropOf(rows.nth(0)).click();
  await expect(rows).toHaveCount(1);
  await expect(dropOf(rows.nth(0))).toBeFocused();
  await expect(toResult(page)).toHaveText('One answer removed.');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('empty')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Stored answers' })).toBeFocused();
  await demo.goTo('chat');
  expect((await demo.ask(question)).badge).toBe('Miss');
});

test('clearing asks first, and can be left by Escape', async ({ page }) => {
  const { rows } = await askTwice(page);
  await clickButton(page, 'Clear…');
  await expect(page.getByRole('button', { name: 'Keep' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Clear…' })).toBeFocused();
  await expect(rows).toHaveCount(2);
  await clickButton(page, 'Clear…');
  await clickButton(page, 'Clear “demo”');
  await expect(toResult(page)).toHaveText('2 answers removed.');
  await expect(page.getByTestId('empty')).toBeVisible();
});

test('an export brings back what was cleared, and other wordings hit again', async ({ page }) => {
  const { demo, rows } = await askTwice(page);
  const file = await exportFile(page, false);
  await clearAll(page);
  await importFile(page, file);
  await expect(toResult(page)).toHaveText('2 answers imported.');
  await expect(page.getByTestId('announcement')).toHaveText('2 answers imported.');
  await expect(rows).toHaveCount(2);
  await demo.goTo('chat');
  expect((await demo.ask(question)).badge).toBe('Hit, exact');
  await expect.poll(async () => (await demo.ask(rephrased)).badge).toBe('Hit, semantic');
});

test('another browser takes a portable file only, and refuses what is no file of ours', async ({
  page,
  browser,
  baseURL,
}) => {
  await askTwice(page);
  const [bound, portable] = [await exportFile(page, false), await exportFile(page, true)];
  const context = await browser.newContext({ baseURL: baseURL ?? '' });
  const other = await context.newPage();
  const demo = await openDemo(other, 'inspector');
  await importFile(other, Buffer.from('Dear cache'));
  await expect(toResult(other)).toHaveText('Refused: the file is no export of skimp.');
  await importFile(other, bound);
  await expect(toResult(other)).toContainText('bound to another database');
  await importFile(other, portable);
  await expect(toResult(other)).toHaveText('2 answers imported.');
  await demo.goTo('chat');
  expect((await demo.ask(question)).badge).toBe('Hit, exact');
  await context.close();
});

test('a long list comes by the page', async ({ page }) => {
  await openDemo(page, 'inspector');
  await expect(page.getByTestId('empty')).toBeVisible();
  await importFile(page, await createFile(120));
  await expect(toResult(page)).toHaveText('120 answers imported.');
  await expect(toRows(page)).toHaveCount(50);
  await expect(page.getByTestId('shown')).toHaveText('The newest 50 answers.');
  await clickButton(page, 'More');
  await expect(toRows(page)).toHaveCount(100);
  await expect(toRows(page).nth(50).locator('summary')).toBeFocused();
  await clickButton(page, 'More');
  await expect(toRows(page)).toHaveCount(120);
  await expect(toRows(page).nth(100).locator('summary')).toBeFocused();
  await expect(page.getByRole('button', { name: 'More' })).toBeHidden();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the inspector has no serious accessibility violation in its ${colorScheme} colours`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { rows } = await askTwice(page);
    await importFile(page, Buffer.from('Dear cache'));
    await rows.nth(0).locator('summary').click();
    await clickButton(page, 'Clear…');
    expect(await findViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await findViolations(page)).toEqual([]);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
    await clickButton(page, 'Clear all scopes');
    await expect(page.getByTestId('empty')).toBeVisible();
    expect(await findViolations(page)).toEqual([]);
  });
}
