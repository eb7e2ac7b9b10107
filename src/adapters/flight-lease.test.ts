import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFlightLease } from './flight-lease.js';

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
