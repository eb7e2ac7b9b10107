import type { HealingDatabase } from './database.js';
import { addTally, MAX_TALLIES } from './tally-store.js';
import type { TallyStore } from './tally-store.js';

/** Keeps sums in IndexedDB: what each tab adds, adds up. Relaxed durability, as for entries. */
export function createIdbTallyStore(database: HealingDatabase): TallyStore {
  return {
    add: (changes) =>
      database.use(async (db) => {
        const tx = db.transaction('tallies', 'readwrite', { durability: 'relaxed' });
        const newest = await tx.store.index('by-order').openKeyCursor(null, 'prev');
        let order = newest?.key ?? 0;
        for (const [id, change] of changes) {
          const known = await tx.store.get(id);
          order += 1;
          await tx.store.put({ id, order, sums: addTally(known?.sums, change) });
        }
        for (let extra = (await tx.store.count()) - MAX_TALLIES; extra > 0; extra -= 1) {
          const oldest = await tx.store.index('by-order').openKeyCursor();
          if (oldest !== null) await tx.store.delete(oldest.primaryKey);
        }
        await tx.done;
      }),
    read: (id) => database.use(async (db) => (await db.get('tallies', id))?.sums ?? {}),
  };
}
