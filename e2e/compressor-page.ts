import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { type DemoPage, openDemo } from './demo-page.js';

/** The compressor page as its users meet it. */
export interface CompressorPage {
  readonly demo: DemoPage;
  /** The text to be compressed. */
  source(): Promise<string>;
  /** Types a text in, and waits until it is compressed. */
  fill(text: string): Promise<void>;
  /** Picks an example, and waits until it is compressed. */
  pick(example: string): Promise<void>;
  /** Moves the slider by its keys, and waits until the text is compressed so far. */
  keep(ratio: number): Promise<void>;
  tokens(): Promise<{ readonly original: number; readonly kept: number }>;
  /** Chooses a view, and reads the text in it. */
  read(view: string): Promise<string>;
}

/** Opens the page and waits until its first example is compressed. */
export async function openCompressor(page: Page): Promise<CompressorPage> {
  const demo = await openDemo(page, 'compressor');
  const text = page.getByRole('textbox', { name: 'Text' });
  const announcement = page.getByTestId('announcement');
  const isDone = (before: string | null) =>
    expect(async () => {
      expect(await announcement.textContent()).not.toBe(before);
      expect(await announcement.textContent()).toContain('kept');
      await expect(page.locator('.diff[aria-busy=true]')).toHaveCount(0);
    }).toPass({ timeout: 90_000 });
  const count = async (testId: string) =>
    Number((await page.getByTestId(testId).innerText()).replaceAll(',', ''));
  await isDone('');
  return {
    demo,
    source: () => text.inputValue(),
    async fill(words) {
      const before = await announcement.textContent();
      await text.fill(words);
      await isDone(before);
    },
    async pick(example) {
      const before = await announcement.textContent();
      await page.getByRole('button', { name: example, exact: true }).click();
      await isDone(before);
    },
    async keep(ratio) {
      const before = await announcement.textContent();
      const slider = page.getByRole('slider', { name: 'Tokens to keep' });
      const steps = Math.round((Number(await slider.inputValue()) - ratio) / 0.05);
      await slider.focus();
      const key = steps > 0 ? 'ArrowLeft' : 'ArrowRight';
      for (let step = 0; step < Math.abs(steps); step += 1) await page.keyboard.press(key);
      await isDone(before);
    },
    tokens: async () => ({
      original: await count('original-tokens'),
      kept: await count('kept-tokens'),
    }),
    async read(view) {
      await page.getByRole('radio', { name: view, exact: true }).check();
      const words = page.getByRole('region', { name: view, exact: true }).locator('.diff-text');
      return (await words.textContent()) ?? '';
    },
  };
}
