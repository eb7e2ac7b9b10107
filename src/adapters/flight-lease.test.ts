import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFlightLease, waitForFlight } from './flight-lease.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a leader with no head for two minutes, or no byte for half a minute, is given up', () => {
  const settle = vi.fn();
  const lease = createFlightLease(settle);
  vi.advanceTimersByTime(119_999);
  expect(settle).not.toHaveBeenCalled();
  lease.renew();
  vi.advanceTimersByTime(29_999);
  lease.renew();
  vi.advanceTimersByTime(29_999);
  expect(settle).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(settle).toHaveBeenCalledOnce();
});

test('a flight that ends is settled at once, and leaves no timer', () => {
  const settle = vi.fn();
  createFlightLease(settle).end();
  expect(settle).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test('a follower waits for the leader, or for its own abort', async () => {
  const { signal } = new AbortController();
  await expect(waitForFlight(Promise.resolve(), signal)).resolves.toBeUndefined();
  await expect(waitForFlight(Promise.resolve())).resolves.toBeUndefined();
  const pending = new Promise<void>(() => {});
  const controller = new AbortController();
  const waiting = waitForFlight(pending, controller.signal);
  controller.abort('enough');
  await expect(waiting).rejects.toBe('enough');
  await expect(waitForFlight(pending, AbortSignal.abort('late'))).rejects.toBe('late');
});
