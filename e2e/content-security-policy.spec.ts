import { expect, test } from '@playwright/test';

/** What README says is enough; styles and images are the app's own matter. */
const policy = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

test('the policy that README names is enough, for the page and for its worker', async ({
  page,
}) => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': policy };
    await route.fulfill({ response, headers });
  });
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
