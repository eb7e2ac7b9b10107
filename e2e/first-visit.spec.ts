import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { findViolations } from './accessibility.js';
import { openDemo, question } from './demo-page.js';

test('the first visit answers, then answers again from the cache, with a clean console', async ({
  page,
}) => {
  const problems = watchProblems(page);
  const demo = await openDemo(page);
  await demo.waitForStatus('available');
  const first = await demo.ask(question);
  expect(first.badge).toBe('Miss');
  expect((await demo.ask(question)).badge).toBe('Hit, exact');
  expect(problems).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page has no serious accessibility violation in its ${colorScheme} colours`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const demo = await openDemo(page);
    expect(await findViolations(page)).toEqual([]);
    await demo.ask(question);
    await demo.ask(question);
    await demo.openEvents();
    expect(await findViolations(page)).toEqual([]);
  });
}

function watchProblems(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return problems;
}
