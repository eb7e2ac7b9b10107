import { expect, test } from '@playwright/test';
import { openDemo, question } from './demo-page.js';

test('a model file that is not the one named is refused, and the chat goes on', async ({
  page,
}) => {
  await page.route('**/model_quantized.onnx', async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[body.length >> 1]! ^= 1; // one bit of 23 MB
    await route.fulfill({ response, body });
  });
  const demo = await openDemo(page);
  await demo.waitForStatus('unavailable');
  const events = await demo.openEvents();
  await expect(events).toContainText('model-load-failed');
  expect((await demo.ask(question)).badge).toBe('Miss');
  expect((await demo.ask(question)).badge).toBe('Hit, exact');
});
