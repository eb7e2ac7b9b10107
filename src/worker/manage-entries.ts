import { SkimpError } from '../shared/errors.js';
import type { WorkerApi } from '../shared/worker-api.js';
import type { WorkerSettings } from '../shared/worker-settings.js';
import type { CacheHost } from './cache-host.js';
import { listEntries } from './cache/list-entries.js';
import type { Transfer } from './cache/transfer.js';

export type EntryManagerOptions = {
  readonly host: CacheHost;
  readonly settings: WorkerSettings;
  readonly now: () => number;
  /** Entries have come that lack vectors. */
  readonly onImported: () => void;
};

/** What people do with stored entries, beside the requests. */
export type EntryManager = Pick<
  WorkerApi,
  'entries' | 'removeEntry' | 'exportEntries' | 'importEntries' | 'abortTransfer'
>;

export function createEntryManager(options: EntryManagerOptions): EntryManager {
  const { host, settings, now, onImported } = options;
  const transfers = new Map<number, AbortController>();

  async function run<T>(
    id: number,
    work: (transfer: Transfer, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const controller = new AbortController();
    transfers.set(id, controller);
    try {
      const { createTransfer } = await import('./cache/transfer.js');
      return await host.use((parts) =>
        work(createTransfer({ ...parts, ...settings, now }), controller.signal),
      );
    } finally {
      transfers.delete(id);
    }
  }

  return {
    entries: (query) => host.use((parts) => listEntries({ ...parts, now }, query)),
    removeEntry: (key) => host.use(({ cache }) => cache.purge(key)),
    exportEntries: ({ id, ...job }) => run(id, (transfer, signal) => transfer.export(job, signal)),
    async importEntries({ id, file }) {
      try {
        return await run(id, (transfer, signal) => transfer.import(file, signal));
      } finally {
        onImported(); // an import that failed half-way has brought entries, too
      }
    },
    abortTransfer: async (id) =>
      transfers.get(id)?.abort(new SkimpError('internal', 'the transfer is not wanted any more')),
  };
}
