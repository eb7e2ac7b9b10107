import { expect, test } from '@playwright/test';
import { findViolations } from './accessibility.js';
import { openDemo } from './demo-page.js';

test('empty charts say how to fill them, and a dozen sample prompts do', async ({ page }) => {
  test.setTimeout(120_000);
  const demo = await openDemo(page, 'charts');
  await demo.waitForStatus('available');
  await expect(page.getByText('Each answer becomes a point')).toBeVisible();
  await page.getByRole('button', { name: 'Ask a dozen sample prompts' }).click();
  await expect(page.getByText('Asking 2 of 12')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ask a dozen sample prompts' })).toBeVisible({
    timeout: 60_000,
  });
  const latency = page.getByRole('region', { name: 'Time to the whole answer' });
  await expect(latency.getByTestId('chart-summary')).toHaveText(/^\d+ misses, .* hits, median/);
  await expect(latency.getByRole('img')).toHaveAccessibleName(/misses, median/);
  await latency.getByText('As a table').click();
  const table = latency.getByRole('group').getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(13);
  await expect(table.getByRole('row', { name: /exact hit/ })).not.toHaveCount(0);
  const risk = page.getByRole('region', { name: 'Risk and its limit' });
  await expect(risk.getByTestId('chart-summary')).toHaveText(/The limit at a budget of 5 % is \d/);
  expect(await findViolations(page)).toEqual([]);
  await demo.goTo('chat');
  await expect(page.getByRole('article')).toHaveCount(12);
});

test('charts follow the width and the colour scheme', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  const demo = await openDemo(page);
  await demo.ask('What is the capital of Australia?');
  await demo.goTo('charts');
  const canvas = page.locator('.plot canvas').first();
  const look = () => canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL());
  await expect(canvas).toBeVisible();
  const light = await look();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(look).not.toBe(light);
  await page.setViewportSize({ width: 360, height: 740 });
  await expect.poll(async () => (await canvas.boundingBox())?.width).toBeLessThan(330);
});
