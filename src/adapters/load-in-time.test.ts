import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadInTime } from './load-in-time.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new Promise<string>(() => {});

test('code that is there is waited for, and no timer is left', async () => {
  expect(await loadInTime(Promise.resolve('code'), undefined)).toBe('code');
  expect(vi.getTimerCount()).toBe(0);
});

test('code that does not come is waited for no longer than 300 ms', async () => {
  const outcome = loadInTime(never, undefined).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(300);
  expect(await outcome).toMatchObject({ code: 'deadline-exceeded' });
});

test("an abort ends the waiting with the app's reason", async () => {
  const controller = new AbortController();
  const outcome = loadInTime(never, controller.signal).catch((error: unknown) => error);
  controller.abort('enough');
  expect(await outcome).toBe('enough');
});
