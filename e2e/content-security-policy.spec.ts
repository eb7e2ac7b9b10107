import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openDemo, question, rephrased, routes } from './demo-page.js';

/** What README says is enough; styles and images are the app's own matter. */
const policy = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

/** Serves every answer with a policy. @returns what the console says against it */
async function enforce(page: Page, rules: string): Promise<readonly string[]> {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': rules };
    await route.fulfill({ response, headers });
  });
  return problems;
}

test('the policy that README names is enough, for the page and for its worker', async ({
  page,
}) => {
  const problems = await enforce(page, policy);
  await page.goto('/replay.html');
  const outcomes = await page.evaluate(async () => {
    const options = { databaseName: 'csp', upstream: 'local', deadlineMs: 20_000 } as const;
    await skimpReplay.open({ ...options, maxErrorRate: 0.1 });
    const prompts = ['What is the capital of France?', "What's the capital of France?"];
    return skimpReplay.run(prompts.map((prompt) => ({ prompt, cluster: 'paris' })));
  });
  expect(outcomes).toMatchObject([
    { tier: 'miss', errors: [] },
    { tier: 'semantic', errors: [] },
  ]);
  expect(problems).toEqual([]);
});

test('the demo needs no inline script, no inline style and no other origin', async ({ page }) => {
  const strict = `default-src 'none'; style-src 'self'; img-src 'self' data:; ${policy}`;
  const problems = await enforce(page, strict);
  const demo = await openDemo(page);
  await demo.waitForStatus('available');
  await demo.ask(question);
  await demo.ask(rephrased);
  for (const route of routes.toReversed()) await demo.goTo(route);
  await expect(page.locator('.plot canvas')).not.toHaveCount(0);
  expect(problems).toEqual([]);
  // The compressor's weights may be on their way still.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});
