import { expect, test } from '@playwright/test';

test.use({
  launchOptions: {
    ...(process.env['CHROMIUM_PATH'] ? { executablePath: process.env['CHROMIUM_PATH'] } : {}),
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  },
});

test('a GPU process that crashes costs no request', async ({ page, browser }) => {
  test.setTimeout(120_000);
  await page.goto('/replay.html');
  const status = await page.evaluate(() =>
    skimpReplay.open({
      databaseName: 'gpu-crash',
      upstream: 'local',
      backend: 'webgpu',
      deadlineMs: 20_000,
    }),
  );
  test.skip(status.backend !== 'webgpu', `no WebGPU here: ${status.reason}`);
  const run = (prompts: readonly string[]) =>
    page.evaluate(
      (rows) => skimpReplay.run(rows),
      prompts.map((prompt, row) => ({ prompt, cluster: `${row}` })),
    );
  expect(await run(['how do I bake bread'])).toMatchObject([{ tier: 'miss', errors: [] }]);
  const devtools = await browser.newBrowserCDPSession();
  await devtools.send('Browser.crashGpuProcess' as never).catch(() => {}); // not in Playwright's types
  const after = await run(['where is the station', 'when does it open', 'who has the key']);
  expect(after.map(({ tier }) => tier)).toEqual(['miss', 'miss', 'miss']);
  // The exact tier goes on, whatever became of the GPU.
  await expect
    .poll(async () => (await run(['how do I bake bread'])).at(0)?.tier, { timeout: 60_000 })
    .toBe('exact');
});
