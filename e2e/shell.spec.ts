import { expect, test } from '@playwright/test';
import { findViolations } from './accessibility.js';
import { openDemo, question, routes, toTitle } from './demo-page.js';

test('each page has its address, its title and its place in the navigation', async ({ page }) => {
  const demo = await openDemo(page);
  for (const route of routes.toReversed()) {
    await demo.goTo(route);
    await expect(page).toHaveURL(new RegExp(`#/${route}$`));
    await expect(page).toHaveTitle(new RegExp(`^${toTitle(route)} - skimp`));
    await expect(page.getByRole('heading', { level: 1, name: toTitle(route) })).toBeFocused();
    await expect(page.locator('nav [aria-current=page]')).toHaveText(toTitle(route));
  }
  await page.goBack();
  await expect(page).toHaveTitle(/^Compressor/);
});

test('an address that names no page leads to the chat', async ({ page }) => {
  await page.goto('/#/nowhere');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Chat');
});

test('what was typed and asked is there when one comes back', async ({ page }) => {
  const demo = await openDemo(page);
  await demo.ask(question);
  await page.getByRole('textbox', { name: 'Your question' }).fill('half a quest');
  await demo.goTo('inspector');
  await expect(page.getByRole('textbox', { name: 'Your question' })).toBeHidden();
  await demo.goTo('chat');
  await expect(page.getByRole('textbox', { name: 'Your question' })).toHaveValue('half a quest');
  await expect(page.getByRole('article')).toHaveCount(1);
});

test('a page that cannot be loaded says so, and is tried again', async ({ page }) => {
  await page.route(/charts-page/, (route) => route.abort());
  await openDemo(page, 'charts');
  await expect(page.getByRole('alert')).toContainText('could not be loaded');
  await page.unroute(/charts-page/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Charts' })).toBeVisible();
});

for (const route of routes) {
  test(`the ${route} page fits on a screen of 360 pixels`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    const demo = await openDemo(page, route);
    await demo.waitForStatus('available');
    const overflow = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    expect(await overflow()).toBe(0);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the ${route} page has no serious violation in its ${colorScheme} colours`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await openDemo(page, route);
      await expect(page.getByRole('heading', { level: 1, name: toTitle(route) })).toBeVisible();
      expect(await findViolations(page)).toEqual([]);
      await page.getByTestId('status').click();
      expect(await findViolations(page)).toEqual([]);
    });
  }
}
