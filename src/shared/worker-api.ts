import type { CompressionRequest, CompressionResult } from './compression.js';
import type { LookupResult, PromptComparison, StoreResult } from './decision.js';
import type { PromptRequest, StoredResponse } from './prompt-request.js';
import type { Savings, SavingsRecord } from './savings.js';
import type { OptimizerStatus, SavingsStats, StoreUsage } from './status.js';
import type { EntriesPage, EntriesQuery, ImportResult, TransferRefusal } from './stored-entry.js';
import type { TraceListener } from './trace.js';
import type { WorkerSettings } from './worker-settings.js';

declare global {
  // Both threads have it, and the language's own library does not.
  interface Blob {
    readonly size: number;
  }
}

/** The worker implements this; the client holds a `Remote<WorkerApi>`. Plain data only. */
export interface WorkerApi {
  /**
   * Opens the store and, if `settings.autoDownload`, starts loading the model in the background.
   * Call once, first. `onEvent` crosses as a `Comlink.proxy`.
   */
  init(settings: WorkerSettings, onEvent: TraceListener): Promise<void>;
  /** Whether an earlier response answers. Past `deadlineAt` (epoch, ms) inference is not begun. */
  lookup(request: PromptRequest, deadlineAt: number): Promise<LookupResult>;
  /** Keeps a finished answer. */
  store(request: PromptRequest, response: StoredResponse): Promise<StoreResult>;
  /**
   * What skimp thinks of two prompts, the answer to `first` being the one that would be served for
   * `second`. Touches no entry and has no deadline.
   */
  compare(first: string, second: string): Promise<PromptComparison>;
  /**
   * Removes the entry that answered wrongly and lowers the threshold; false when the entry is gone
   * already.
   */
  reportWrongHit(key: string): Promise<boolean>;
  /** Raises a lowered threshold; false when there was no semantic hit to report on. */
  reportGoodHit(key: string): Promise<boolean>;
  /** Removes the entries of one scope, or all; returns how many. */
  clear(scope?: string): Promise<number>;
  /** Part of what is stored and has not expired, newest first. */
  entries(query: EntriesQuery): Promise<EntriesPage>;
  /** Removes one entry; the threshold stays. False when there is none. */
  removeEntry(key: string): Promise<boolean>;
  /** @throws {@link SkimpError} `internal` after `abortTransfer`, as `importEntries` does. */
  exportEntries(job: ExportJob): Promise<Blob | TransferRefusal>;
  importEntries(job: ImportJob): Promise<ImportResult | TransferRefusal>;
  /** Ends an export or import at its next batch; one that is over is none any more. */
  abortTransfer(id: number): Promise<void>;
  usage(): Promise<StoreUsage>;
  /**
   * Adds to what was saved, all of it or nothing.
   *
   * @returns what each record came to.
   */
  recordSavings(records: readonly SavingsRecord[]): Promise<readonly Savings[]>;
  /** What lies in the database. */
  readSavings(): Promise<Omit<SavingsStats, 'session'>>;
  status(): Promise<OptimizerStatus>;
  /** Loads the model and resolves when it runs or cannot: then `status()` says why. */
  loadModel(): Promise<OptimizerStatus>;
  /**
   * Shortens a text; where that fails, it comes back as it was, and an event says why. `onProgress`
   * crosses as a `Comlink.proxy`.
   *
   * @throws {@link SkimpError} `internal` after `abortCompression`.
   */
  compress(job: CompressionJob, onProgress?: CompressionProgress): Promise<CompressionResult>;
  /** Ends a job at its next window; one that is over is none any more. */
  abortCompression(id: number): Promise<void>;
  /** Loads the compressor's model and resolves when it runs or cannot. */
  loadCompressor(): Promise<OptimizerStatus>;
}

/** One text to shorten. */
export type CompressionJob = {
  /** Names it, so that it can be aborted: an `AbortSignal` does not cross. */
  readonly id: number;
  readonly request: CompressionRequest;
};

/** Entries to write into a file. `id` names the job, so that it can be aborted. */
export type ExportJob = {
  readonly id: number;
  readonly scope?: string;
  readonly portable: boolean;
};

/** A file to read entries from. */
export type ImportJob = { readonly id: number; readonly file: Blob };

/** Told how many windows of a text the model has read. */
export type CompressionProgress = (done: number, total: number) => void;

/** First message of the worker: its script has been evaluated and it holds the lock `lockName`. */
export type WorkerHello = { readonly type: 'skimp-hello'; readonly lockName: string | undefined };
