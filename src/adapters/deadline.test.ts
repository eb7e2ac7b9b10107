import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDeadline } from './deadline.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a deadline aborts in its time, and says what it is', () => {
  const { signal } = openDeadline(50, 'nothing came', undefined);
  vi.advanceTimersByTime(49);
  expect(signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(signal.reason).toMatchObject({ code: 'deadline-exceeded' });
});

test("a deadline ends with the app's own signal", () => {
  const app = new AbortController();
  const { signal } = openDeadline(50, 'nothing came', app.signal);
  app.abort('enough');
  expect(signal.reason).toBe('enough');
  expect(openDeadline(50, 'nothing came', app.signal).signal.reason).toBe('enough');
});

test('a closed deadline leaves nothing behind', () => {
  const app = new AbortController();
  const deadline = openDeadline(50, 'nothing came', app.signal);
  deadline.close();
  app.abort();
  expect(vi.getTimerCount()).toBe(0);
  expect(deadline.signal.aborted).toBe(false);
});
