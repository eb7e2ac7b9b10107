import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The demo as its users meet it. */
export interface DemoPage {
  /** Goes to another page by the navigation, and waits for it. */
  goTo(route: Route): Promise<void>;
  /** Asks, and waits until the answer is whole. */
  ask(question: string): Promise<Answer>;
  /** Asks the cache alone, and waits for what it says. */
  lookUp(question: string): Promise<Answer>;
  /** Moves the budget slider by arrow keys, and waits until the last question is judged at it. */
  setBudget(text: '0 %' | '0.5 %' | '1 %' | '2 %' | '5 %' | '10 %'): Promise<void>;
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
  return useDemo(page);
}

/** The demo in a page that it was opened in. */
export function useDemo(page: Page): DemoPage {
  return {
    async goTo(other) {
      const name = toTitle(other);
      await page
        .getByRole('navigation', { name: 'Pages' })
        .getByRole('link', { name, exact: true })
        .click();
      await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
    },
    ask: (text) => send(page, text, () => page.keyboard.press('Enter')),
    lookUp: (text) =>
      send(page, text, () => page.getByRole('button', { name: 'Look up only' }).click()),
    async setBudget(text) {
      const slider = page.getByRole('slider', { name: 'Of the semantic hits' });
      await slider.press('Home');
      for (let step = 0; step < 6; step += 1) {
        if ((await slider.getAttribute('aria-valuetext')) === text) break;
        await slider.press('ArrowRight');
      }
      await expect(slider).toHaveAttribute('aria-valuetext', text);
      await expect(page.getByTestId('last-question')).toHaveAttribute('data-settled', 'true', {
        timeout: 30_000,
      });
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

async function send(page: Page, text: string, press: () => Promise<void>): Promise<Answer> {
  const count = await page.getByRole('article').count();
  await page.getByRole('textbox', { name: 'Your question' }).fill(text);
  await press();
  const exchange = page.getByRole('article').nth(count);
  await expect(exchange).toHaveAttribute('data-phase', 'done');
  return {
    badge: await exchange.getByTestId('badge').innerText(),
    text: await exchange.innerText(),
  };
}

export const question = 'How long is the warranty on tents bought in 2022?';
export const rephrased = 'How long is the warranty for tents purchased in 2022?';
export const otherYear = 'How long is the warranty on tents bought in 2024?';
