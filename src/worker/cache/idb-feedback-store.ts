import type { HealingDatabase } from './database.js';
import { MAX_SERVED } from './feedback-store.js';
import type { FeedbackStore } from './feedback-store.js';

/** Keeps reports in IndexedDB, so that every tab and every later visit goes by them. */
export function createIdbFeedbackStore(database: HealingDatabase): FeedbackStore {
  return {
    read: (threshold) => database.use((db) => db.get('feedback', threshold)),
    noteServed: (threshold, key) =>
      database.use(async (db) => {
        const tx = db.transaction('served', 'readwrite', { durability: 'relaxed' });
        const [record, newest, total] = await Promise.all([
          tx.store.get([threshold, key]),
          tx.store.index('by-order').openKeyCursor(null, 'prev'),
          tx.store.count(),
        ]);
        const order = (newest?.key ?? 0) + 1;
        await tx.store.put({ threshold, key, count: (record?.count ?? 0) + 1, order });
        if (record === undefined && total >= MAX_SERVED) {
          const oldest = await tx.store.index('by-order').openKeyCursor();
          if (oldest !== null) await tx.store.delete(oldest.primaryKey);
        }
        await tx.done;
      }),
    takeReport: (threshold, key, update) =>
      database.use(async (db) => {
        const tx = db.transaction(['served', 'feedback'], 'readwrite');
        const served = tx.objectStore('served');
        const record = await served.get([threshold, key]);
        if (record === undefined) return undefined;
        if (record.count > 1) await served.put({ ...record, count: record.count - 1 });
        else await served.delete([threshold, key]);
        const feedback = tx.objectStore('feedback');
        const updated = update(await feedback.get(threshold));
        await feedback.put(updated, threshold);
        await tx.done;
        return updated;
      }),
    forgetServed: (keys) =>
      database.use(async (db) => {
        const doomed = new Set(keys);
        const tx = db.transaction('served', 'readwrite', { durability: 'relaxed' });
        const ids = await tx.store.getAllKeys();
        const gone = ids.filter(([, key]) => doomed.has(key));
        await Promise.all(gone.map((id) => tx.store.delete(id)));
        await tx.done;
      }),
  };
}
