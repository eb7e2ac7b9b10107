import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The demo as its users meet it. */
export interface DemoPage {
  /** Goes to another page by the navigation, and waits for it. */
  goTo(route: Route): Promise<void>;
  /** Asks, and waits until the answer is whole. */
  ask(question: string): Promise<Answer>;
  /** Waits until the cache's model is in this state. */
  waitForStatus(word: 'available' | 'unavailable' | 'downloading' | 'downloadable'): Promise<void>;
  /** Opens the event log. */
  openEvents(): Promise<Locator>;
}

export type Answer = { readonly badge: string; readonly text: string };

export const routes = ['chat', 'compressor', 'inspector', 'charts'] as const;
export type Route = (typeof routes)[number];

/** What a page's heading and its link say. */
export function toTitle(route: Route): string {
  return route.charAt(0).toUpperCase() + route.slice(1);
}

/** Opens the demo in `page`. */
export async function openDemo(page: Page, route: Route = 'chat'): Promise<DemoPage> {
  await page.goto(`/#/${route}`);
  return {
    async goTo(other) {
      const name = toTitle(other);
      await page
        .getByRole('navigation', { name: 'Pages' })
        .getByRole('link', { name, exact: true })
        .click();
      await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
    },
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
      await expect(page.getByTestId('status')).toHaveAttribute('data-status', word, {
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
