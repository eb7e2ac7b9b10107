import { expect, test, vi } from 'vitest';
import { createLoader } from './load-once.js';

test('code is loaded once, however many ask for it', async () => {
  const load = vi.fn<() => Promise<string>>(async () => 'code');
  const loadOnce = createLoader(load);
  expect(load).not.toHaveBeenCalled();
  expect(await Promise.all([loadOnce(), loadOnce()])).toEqual(['code', 'code']);
  expect(await loadOnce()).toBe('code');
  expect(load).toHaveBeenCalledOnce();
});

test('a failure is told to all who wait, and tried again by the next', async () => {
  const load = vi.fn<() => Promise<string>>(async () => 'code');
  load.mockRejectedValueOnce(new Error('no network'));
  const loadOnce = createLoader(load);
  const outcomes = await Promise.allSettled([loadOnce(), loadOnce()]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await loadOnce()).toBe('code');
  expect(load).toHaveBeenCalledTimes(2);
});
