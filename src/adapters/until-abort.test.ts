import { expect, test } from 'vitest';
import { untilAbort } from './until-abort.js';

test('a promise is waited for, or an abort', async () => {
  const { signal } = new AbortController();
  await expect(untilAbort(Promise.resolve(1), signal)).resolves.toBe(1);
  await expect(untilAbort(Promise.resolve(1))).resolves.toBe(1);
  await expect(untilAbort(Promise.reject(new Error('x')), signal)).rejects.toThrow('x');
  const pending = new Promise<void>(() => {});
  const controller = new AbortController();
  const waiting = untilAbort(pending, controller.signal);
  controller.abort('enough');
  await expect(waiting).rejects.toBe('enough');
  await expect(untilAbort(pending, AbortSignal.abort('late'))).rejects.toBe('late');
});
