import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The demo as its users meet it. */
export interface DemoPage {
  /** Asks, and waits until the answer is whole. */
  ask(question: string): Promise<Answer>;
  /** The word of `status()` that the page shows. */
  waitForStatus(word: 'available' | 'unavailable' | 'downloading'): Promise<void>;
  /** Opens the event log. */
  openEvents(): Promise<Locator>;
}

export type Answer = { readonly badge: string; readonly text: string };

/** Opens the demo in `page`. */
export async function openDemo(page: Page): Promise<DemoPage> {
  await page.goto('/');
  return {
    async ask(question) {
      const count = await page.getByRole('article').count();
      await page.getByRole('textbox', { name: 'Your question' }).fill(question);
      await page.keyboard.press('Enter');
      const exchange = page.getByRole('article').nth(count);
      await expect(exchange).toHaveAttribute('data-phase', 'done');
      return {
        badge: await exchange.getByTestId('badge').innerText(),
        text: await exchange.innerText(),
      };
    },
    async waitForStatus(word) {
      await expect(page.getByTestId('status').first()).toHaveAttribute('data-status', word, {
        timeout: 30_000,
      });
    },
    async openEvents() {
      await page.getByText('Event log').click();
      return page.getByRole('list', { name: 'Events, newest first' });
    },
  };
}

export const question = 'How long is the warranty on tents bought in 2022?';
export const rephrased = 'How long is the warranty for tents purchased in 2022?';
export const otherYear = 'How long is the warranty on tents bought in 2024?';
