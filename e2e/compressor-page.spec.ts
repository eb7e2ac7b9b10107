/** For a picture: the article at 50 % as the page opens, then the JSON example with "Both". */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { findViolations } from './accessibility.js';
import { openCompressor } from './compressor-page.js';
import { type DemoPage, openDemo } from './demo-page.js';

// A model reads every text of these, and may have a busy core to do it on.
test.describe.configure({ timeout: 180_000 });

test('fewer tokens are kept, and more words struck, as the slider goes down', async ({ page }) => {
  const compressor = await openCompressor(page);
  const before = await compressor.tokens();
  const struck = page.getByRole('region', { name: 'Diff' }).locator('del');
  const struckBefore = await struck.count();
  expect(before.original).toBeGreaterThan(800);
  expect(Math.abs(before.kept - before.original / 2)).toBeLessThanOrEqual(5);
  expect(struckBefore).toBeGreaterThan(10);

  await compressor.keep(0.2);
  const after = await compressor.tokens();
  expect(after.original).toBe(before.original);
  expect(Math.abs(after.kept - before.original / 5)).toBeLessThanOrEqual(5);
  const lengthOf = async (view: string) => (await compressor.read(view)).length;
  expect(await lengthOf('What is sent')).toBeLessThan(0.3 * (await compressor.source()).length);
  await expect(page.getByTestId('saved-money')).toHaveText(/^\$\d/);
  await expect(page.getByTestId('announcement')).toHaveText(
    new RegExp(`^${after.kept} tokens of ${after.original} tokens kept, 20 %, in [\\d.]+ m?s\\.$`),
  );
});

test('JSON in the middle of prose is sent byte for byte', async ({ page }) => {
  const compressor = await openCompressor(page);
  await compressor.pick('JSON in prose');
  await compressor.keep(0.1);
  const sent = await compressor.read('What is sent');
  const toJson = (text: string) => text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  expect(toJson(sent)).toBe(toJson(await compressor.source()));
  expect(JSON.parse(toJson(sent))).toHaveProperty('tours');
  const kept = page.locator('mark[data-kind=json]');
  await expect(kept).toHaveAttribute('title', 'JSON document, always kept');
  await expect(page.getByText('what is protected is not given up')).toBeVisible();
});

test('code is sent in whole lines', async ({ page }) => {
  const compressor = await openCompressor(page);
  await compressor.pick('Code');
  const lines = (await compressor.source()).split('\n');
  const sent = (await compressor.read('What is sent')).split('\n');
  expect(sent.length).toBeLessThan(0.8 * lines.length);
  for (const line of sent) expect(lines).toContain(line);
});

test('what is marked to be kept is, and nothing that is protected is cut', async ({ page }) => {
  const compressor = await openCompressor(page);
  const kept = 'The gates must be shut before the ebb begins.';
  const article = await compressor.source();
  const marked = `Dear {{name}}, <skimp keep>${kept}</skimp> See https://mill.example/tides?m=5.`;
  await compressor.fill(`${marked}\n\n${article}`);
  await compressor.keep(0.2);
  const sent = await compressor.read('What is sent');
  expect(sent).toContain(kept);
  expect(sent).toContain('{{name}}');
  expect(sent).not.toContain('skimp');
  const spans = page.getByRole('region', { name: 'What is sent' }).locator('mark');
  await expect(spans.first()).toHaveText('{{name}}');
  await expect(page.locator('.legend')).toContainText('1 keep region');
  await expect(page.locator('.legend')).toContainText(/\d+ of \d+ numbers kept/);
});

test('the connected model answers to both prompts, side by side', async ({ page }) => {
  const messages: string[] = [];
  await serveModel(page, async (content) => {
    messages.push(content);
    return { answer: `It was silt (${messages.length}).`, promptTokens: content.length };
  });
  const compressor = await openCompressor(page);
  await expect(page.getByText('This needs a language model')).toBeVisible();
  await connectModel(page, compressor.demo);
  await page.getByRole('button', { name: 'Ask with both prompts' }).click();
  const [original, compressed] = [toAnswer(page, 'original'), toAnswer(page, 'compressed')];
  await expect(compressed).toHaveAttribute('data-phase', 'done');
  const question = 'Why did the mill stop grinding, and when?';
  const sent = await compressor.read('What is sent');
  expect(messages).toEqual([
    `${await compressor.source()}\n\n${question}`,
    `${sent}\n\n${question}`,
  ]);
  await expect(original).toContainText('It was silt (1).');
  await expect(compressed).toContainText('It was silt (2).');
  await expect(compressed).toContainText(/Whole answer\s*[\d.]+ m?s/);
  const usage = new Intl.NumberFormat('en').format(messages[1]?.length ?? 0);
  await expect(compressed).toContainText(`${usage} tokens in, 7 tokens out`);
  await expect(page.getByTestId('announcement')).toContainText('Answer to the compressed prompt');

  await compressor.keep(0.3);
  await expect(page.getByText('prompts that have changed since')).toBeVisible();
});

test('a model that refuses is told, and one that does not answer can be stopped', async ({
  page,
}) => {
  let calls = 0;
  await serveModel(page, async () => {
    calls += 1;
    if (calls === 1) return undefined;
    return new Promise(() => {});
  });
  const compressor = await openCompressor(page);
  await connectModel(page, compressor.demo);
  await page.getByRole('button', { name: 'Ask with both prompts' }).click();
  await expect(toAnswer(page, 'original')).toContainText('answered 500: out of order');
  await expect(toAnswer(page, 'compressed')).toHaveAttribute('data-phase', 'waiting');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(toAnswer(page, 'compressed')).toHaveAttribute('data-phase', 'stopped');
});

test('without its model the page says so, stays usable, and tries again', async ({ page }) => {
  await page.route('**/skimp-compressor/onnx/**', (route) => route.abort());
  await openDemo(page, 'compressor');
  await expect(page.getByText('The text is sent as it is')).toBeVisible();
  await page.getByRole('button', { name: 'Meeting' }).click();
  await expect(page.getByRole('textbox', { name: 'Text' })).toHaveValue(/^Weekly meeting/);
  await page.unroute('**/skimp-compressor/onnx/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('kept-tokens')).toBeVisible({ timeout: 40_000 });
});

test('200,000 words pasted do not freeze the page, and can be stopped', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const compressor = await openCompressor(page);
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({ type: 'longtask' });
  });
  const article = await compressor.source();
  const count = Math.ceil(200_000 / article.split(/\s+/).length);
  const long = `${article}\n\n`.repeat(count);
  await page.evaluate((text) => navigator.clipboard.writeText(text), long);
  await page.getByRole('textbox', { name: 'Text' }).press('Control+A');
  await page.keyboard.press('Control+V');
  expect(await compressor.source()).toBe(long);
  await expect(page.getByText(/^Read [1-9]\d* of [\d,]+ windows$/)).toBeVisible({
    timeout: 40_000,
  });
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped.')).toBeVisible();
  const longest = await page.evaluate(() =>
    Math.max(0, ...(globalThis as unknown as { longTasks: number[] }).longTasks),
  );
  test.info().annotations.push({ type: 'longest task', description: `${longest} ms` });
  expect(longest).toBeLessThan(5_000);
});

test('a long text is shown part by part', async ({ page }) => {
  const compressor = await openCompressor(page);
  const article = await compressor.source();
  await compressor.fill(`${article}\n\n`.repeat(4).trim());
  await expect(page.getByTestId('part')).toHaveText('Part 1 of 2');
  expect((await compressor.read('Diff')).length).toBeLessThanOrEqual(12_000);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByTestId('part')).toHaveText('Part 2 of 2');
  expect(await compressor.read('Diff')).toMatch(/break in the same place\.$/);
  await compressor.pick('Meeting');
  await expect(page.getByTestId('part')).toBeHidden();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a result has no serious accessibility violation in ${colorScheme} colours`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await serveModel(page, async () => ({ answer: 'Silt.', promptTokens: 9 }));
    const compressor = await openCompressor(page);
    await connectModel(page, compressor.demo);
    await page.getByRole('button', { name: 'Ask with both prompts' }).click();
    await expect(toAnswer(page, 'compressed')).toHaveAttribute('data-phase', 'done');
    expect(await findViolations(page)).toEqual([]);
    await compressor.pick('JSON in prose');
    await page.getByRole('radio', { name: 'Both' }).check();
    expect(await findViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await findViolations(page)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
}

type Reply = { readonly answer: string; readonly promptTokens: number };

/** Stands in for a provider at `/model/v1`; `undefined` is a refusal. */
async function serveModel(
  page: Page,
  reply: (content: string) => Promise<Reply | undefined>,
): Promise<void> {
  await page.route('**/model/v1/chat/completions', async (route) => {
    const { messages } = route.request().postDataJSON() as { messages: { content: string }[] }; // ours
    const given = await reply(messages[0]?.content ?? '');
    if (given === undefined) {
      await route.fulfill({ status: 500, json: { error: { message: 'out of order' } } });
      return;
    }
    const { answer, promptTokens } = given;
    const usage = { prompt_tokens: promptTokens, completion_tokens: 7 };
    const chunks = [
      ...answer.split(/(?<= )/).map((content) => ({ choices: [{ delta: { content } }] })),
      { choices: [{ delta: {}, finish_reason: 'stop' }] },
      { choices: [], usage },
    ];
    const lines = [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'];
    await route.fulfill({
      contentType: 'text/event-stream',
      body: lines.map((line) => `data: ${line}\n\n`).join(''),
    });
  });
}

/** Types the model of {@link serveModel} into the settings. */
async function connectModel(page: Page, demo: DemoPage): Promise<void> {
  await demo.goTo('chat');
  await page.getByRole('heading', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: /A model of yours/ }).check();
  await page.getByLabel('Base URL').fill(new URL('/model/v1', page.url()).href);
  await page.getByRole('textbox', { name: 'Model', exact: true }).fill('test');
  await demo.goTo('compressor');
}

function toAnswer(page: Page, name: 'original' | 'compressed') {
  return page.getByTestId(`answer-${name}`);
}
