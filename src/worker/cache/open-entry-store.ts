import type { SkimpError } from '../../shared/errors.js';
import { toSkimpError } from '../../shared/errors.js';
import { openHealingDatabase } from './database.js';
import type { EntryStore } from './entry-store.js';
import { createIdbEntryStore } from './idb-entry-store.js';
import { createMemoryEntryStore } from './memory-entry-store.js';

/**
 * Opens the store in IndexedDB, or one in memory where that cannot be used.
 *
 * @param onBlocked - Told why it is memory: the app must be able to know.
 */
export async function openEntryStore(
  databaseName: string,
  onBlocked: (error: SkimpError) => void,
): Promise<EntryStore> {
  try {
    const store = createIdbEntryStore(await openHealingDatabase(databaseName));
    await store.readSecret(); // a first use: some browsers open, and then refuse
    return store;
  } catch (error) {
    onBlocked(toSkimpError(error, 'storage-blocked'));
    return createMemoryEntryStore();
  }
}
