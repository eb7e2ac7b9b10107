import { expose, wrap } from 'comlink';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import { registerErrorWire } from './error-wire.js';
import { isSkimpError, SkimpError } from './errors.js';

registerErrorWire();
const { port1, port2 } = new MessageChannel();
const api = {
  failWithCode: (): Promise<void> => Promise.reject(new SkimpError('storage-full', 'no room')),
  failOtherwise: (): Promise<void> => Promise.reject(new TypeError('x is undefined')),
};
expose(api, port1 as unknown as MessagePort); // Node's port has the same methods
const remote = wrap<typeof api>(port2 as unknown as MessagePort); // likewise
afterAll(() => port1.close());

test('a code survives the way between threads', async () => {
  const error: unknown = await remote.failWithCode().catch((thrown: unknown) => thrown);
  expect(isSkimpError(error)).toBe(true);
  expect(error).toMatchObject({ code: 'storage-full', message: 'no room' });
});

test('any other error arrives as internal, with what it said', async () => {
  await expect(remote.failOtherwise()).rejects.toMatchObject({
    code: 'internal',
    message: 'TypeError: x is undefined',
  });
});
