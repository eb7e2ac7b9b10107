import { openDB } from 'idb';
import { createDeferred } from '../../shared/deferred.js';
import { SkimpError } from '../../shared/errors.js';
import { databaseVersion, upgradeDatabase } from './schema.js';
import type { CacheDatabase, CacheSchema } from './schema.js';

/** Reopenings without a success in between. */
const MAX_REOPENINGS = 3;
/** How long another tab may hold up the opening, in milliseconds. */
const OPEN_TIMEOUT_MS = 3_000;

/** A database handle that heals: a dead one is dropped and opened anew. */
export interface HealingDatabase {
  /**
   * Runs `work` on an open database, again on a new handle if the old one turns out dead. `work`
   * may run twice: it must be one transaction.
   *
   * @throws {@link SkimpError} `storage-blocked` when no handle can be had; or what `work` throws.
   */
  use<T>(work: (db: CacheDatabase) => Promise<T>): Promise<T>;
  close(): void;
}

/** @throws {@link SkimpError} `storage-blocked`. */
export async function openHealingDatabase(
  name: string,
  openTimeoutMs: number = OPEN_TIMEOUT_MS,
): Promise<HealingDatabase> {
  let handle: Promise<CacheDatabase> | undefined;
  let reopenings = 0;

  function open(): Promise<CacheDatabase> {
    const opening = openOnce(name, drop, openTimeoutMs);
    handle = opening;
    opening.catch(drop);
    return opening;
    function drop(): void {
      if (handle === opening) handle = undefined;
    }
  }

  await open();
  return {
    async use(work) {
      for (;;) {
        try {
          const result = await work(await (handle ?? open()));
          reopenings = 0;
          return result;
        } catch (error) {
          if (!isDeadHandle(error)) throw error;
          handle = undefined;
          reopenings += 1;
          if (reopenings > MAX_REOPENINGS) throw toBlocked(error);
        }
      }
    },
    close() {
      void handle?.then((db) => db.close());
      handle = undefined;
    },
  };
}

async function openOnce(
  name: string,
  onGone: () => void,
  timeoutMs: number,
): Promise<CacheDatabase> {
  const { promise: late, reject } = createDeferred<never>();
  const timer = setTimeout(
    () => reject(new Error(`opening took more than ${timeoutMs} ms; another tab may hold it`)),
    timeoutMs,
  );
  const opening = openCacheDatabase(name, onGone);
  try {
    return await Promise.race([opening, late]);
  } catch (error) {
    opening.then(
      (db) => db.close(),
      () => {},
    );
    throw toBlocked(error);
  } finally {
    clearTimeout(timer);
  }
}

async function openCacheDatabase(name: string, onGone: () => void): Promise<CacheDatabase> {
  return openDB<CacheSchema>(name, databaseVersion, {
    upgrade: (db, from, ...[, tx]) => upgradeDatabase(db, from, tx),
    blocking: (_current, _blocked, event) => {
      // A tab with a newer version waits for us.
      onGone();
      (event.target as IDBDatabase).close(); // versionchange is fired at the database
    },
    terminated: onGone,
  });
}

/** Errors of a handle that will never work again; quota and constraint errors are not among them. */
function isDeadHandle(error: unknown): boolean {
  if (!(error instanceof DOMException)) return false;
  if (error.name === 'InvalidStateError') return true;
  return error.name === 'UnknownError' && /backing store|connection/i.test(error.message);
}

function toBlocked(cause: unknown): SkimpError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new SkimpError('storage-blocked', `IndexedDB cannot be used: ${detail}`, { cause });
}
