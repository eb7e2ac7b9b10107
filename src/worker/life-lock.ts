import { createDeferred } from '../shared/deferred.js';
/**
 * Takes a lock that only the end of this worker frees, which is how the page learns of its death:
 * a call to a dead worker never settles.
 *
 * @returns the lock's name once it is held, or `undefined` where there are no locks.
 */
export async function holdLifeLock(): Promise<string | undefined> {
  const lockName = `skimp-worker-${crypto.randomUUID()}`;
  const { promise, resolve } = createDeferred<string | undefined>();
  try {
    navigator.locks
      .request(lockName, () => {
        resolve(lockName);
        return new Promise(() => {});
      })
      .catch(() => resolve(undefined)); // an opaque origin
  } catch {
    resolve(undefined); // an insecure context has no `navigator.locks`
  }
  return promise;
}
