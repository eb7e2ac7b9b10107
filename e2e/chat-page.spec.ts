import { expect, test } from '@playwright/test';
import { findViolations } from './accessibility.js';
import { openDemo, otherYear, question, rephrased } from './demo-page.js';

test('a look-up tells what would be served, and sends nothing', async ({ page }) => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/v1/chat/completions')) sent.push(request.url());
  });
  const demo = await openDemo(page);
  await demo.waitForStatus('available');
  const unknown = await demo.lookUp(question);
  expect(unknown.badge).toBe('Miss');
  expect(unknown.text).toContain('nothing sent');
  expect(sent).toEqual([]);
  await demo.ask(question);
  expect(sent).toHaveLength(1);
  const known = await demo.lookUp(rephrased);
  expect(known.badge).toBe('Hit, semantic');
  expect(known.text).toContain('2 years');
  expect(sent).toHaveLength(1);
  await expect(page.getByTestId('totals')).toHaveText(/^0 % of 1 answer /);
});

test('the budget slider flips the decision on the same prompt', async ({ page }) => {
  test.setTimeout(120_000);
  const demo = await openDemo(page);
  await demo.waitForStatus('available');
  await demo.ask(question);
  await demo.lookUp(rephrased);
  await expect(page.getByTestId('verdict')).toHaveText('Hit, semantic');
  await demo.setBudget('0.5 %');
  await expect(page.getByTestId('verdict')).toHaveText('Miss');
  await expect(page.getByTestId('smallest-budget')).toHaveText(/^Served from a budget of \d/);
  expect((await demo.lookUp(rephrased)).badge).toBe('Miss');
  await demo.setBudget('10 %');
  await expect(page.getByTestId('verdict')).toHaveText('Hit, semantic');
  expect((await demo.lookUp(rephrased)).badge).toBe('Hit, semantic');
});

test('what a guard refuses is served at no budget', async ({ page }) => {
  const demo = await openDemo(page);
  await demo.waitForStatus('available');
  await demo.ask(question);
  expect((await demo.lookUp(otherYear)).badge).toBe('Miss');
  await expect(page.getByTestId('smallest-budget')).toContainText('refuses it at every budget');
});

test('the why panel shows how far the decision was from the limit', async ({ page }) => {
  const demo = await openDemo(page);
  await demo.waitForStatus('available');
  await demo.ask(question);
  await demo.ask(rephrased);
  const answer = page.getByRole('article').last();
  await answer.getByText('Why').click();
  await expect(answer).toContainText(/risk \d/);
  await expect(answer).toContainText(/limit \d/);
  await expect(answer).toContainText(/verifier alone \d/);
  await expect(answer).toContainText(/times lower than the limit allows/);
  await expect(answer).toContainText(question);
  expect(await findViolations(page)).toEqual([]);
});
