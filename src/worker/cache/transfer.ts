import type { ImportResult, TransferRefusal } from '../../shared/stored-entry.js';
import type { EntryStore } from './entry-store.js';
import { exportEntries } from './export-entries.js';
import { importEntries } from './import-entries.js';
import type { PromptCache } from './prompt-cache.js';
import type { KeyMaker } from './scope-key.js';

/** What exports and imports work on. */
export type TransferParts = {
  readonly store: EntryStore;
  readonly cache: PromptCache;
  readonly keyMaker: KeyMaker;
  /** See {@link EntryStore.adoptSecret}. */
  readonly adoptSecret: (secret: CryptoKey) => Promise<boolean>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly ttlMs: number;
  readonly maxBytes: number;
};

/** Entries to a file and back. Both end with `signal.reason` once that aborts. */
export interface Transfer {
  export(options: ExportOptions, signal: AbortSignal): Promise<Blob | TransferRefusal>;
  /** What was imported before an abort stays. */
  import(file: Blob, signal: AbortSignal): Promise<ImportResult | TransferRefusal>;
}

export type ExportOptions = {
  /** The app's scope whose entries are written; all by default. */
  readonly scope?: string;
  /** Whether the secret is written, too. */
  readonly portable: boolean;
};

/** The worker imports this file when it is first asked for a transfer: most visits do without. */
export function createTransfer(parts: TransferParts): Transfer {
  return {
    export: (options, signal) => exportEntries(parts, options, signal),
    import: (file, signal) => importEntries(parts, file, signal),
  };
}
