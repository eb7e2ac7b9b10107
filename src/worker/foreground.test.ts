import { expect, test } from 'vitest';
import { createDeferred } from '../shared/deferred.js';
import { createForeground } from './foreground.js';

test('what runs is waited for, and what began later is not', async () => {
  const foreground = createForeground();
  const [first, second] = [createDeferred<void>(), createDeferred<void>()];
  let isSettled = false;
  const running = foreground.run(() => first.promise).catch(() => {});
  const settled = foreground.settled().finally(() => {
    isSettled = true;
  });
  void foreground.run(() => second.promise);
  await Promise.resolve();
  expect(isSettled).toBe(false);
  first.reject(new Error('a failed lookup has ended, too'));
  await Promise.all([running, settled]);
  expect(isSettled).toBe(true);
});
