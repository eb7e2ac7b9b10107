import { expect, test } from '@playwright/test';
import { openDemo, question, rephrased } from './demo-page.js';

test('what one tab learned another one answers, and clearing clears both', async ({ context }) => {
  const [left, right] = [await context.newPage(), await context.newPage()];
  const [here, there] = await Promise.all([openDemo(left), openDemo(right)]);
  await Promise.all([here.waitForStatus('available'), there.waitForStatus('available')]);
  expect((await here.ask(question)).badge).toBe('Miss');
  expect((await there.ask(question)).badge).toBe('Hit, exact');
  expect((await there.ask(rephrased)).badge).toBe('Hit, semantic');
  await left.getByRole('button', { name: 'Clear stored answers' }).click();
  await expect(left.getByText(/^0 entries/)).toBeVisible();
  expect((await there.ask(rephrased)).badge).toBe('Miss');
});
