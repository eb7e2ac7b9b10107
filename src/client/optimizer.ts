import type { CompressionResult } from '../shared/compression.js';
import type { LookupResult, PromptComparison, StoreResult } from '../shared/decision.js';
import type { PromptRequest, StoredResponse } from '../shared/prompt-request.js';
import type { OptimizerStats, OptimizerStatus } from '../shared/status.js';
import type { EntriesPage, ImportResult } from '../shared/stored-entry.js';
import type { TraceDetail, TraceListener } from '../shared/trace.js';
import type { CompressOptions } from './compress-options.js';
import type { Flight } from './single-flight.js';

/** Settings of one call. */
export type CallOptions = {
  /** Ends the call; it then rejects with `signal.reason`. */
  signal?: AbortSignal;
};

/** Which entries `entries()` lists. */
export type EntriesOptions = CallOptions & {
  /** Those of one scope. @default those of all scopes */
  scope?: string;
  /** Entries on a page, at most: 1 to 1,000. @default 50 */
  limit?: number;
  /** The `next` of the page before. @default undefined, the first page */
  after?: string;
  /** UTF-16 units of each answer that are given, at most; `Infinity` for all. @default 2_000 */
  maxAnswerLength?: number;
};

/** What `exportEntries()` writes. */
export type ExportOptions = CallOptions & {
  /** The entries of one scope. @default those of all scopes */
  scope?: string;
  /** Whether another browser may import the file: it then holds the database's secret. @default false */
  portable?: boolean;
};

/** Limits of one `importEntries()`. */
export type ImportOptions = CallOptions;

/**
 * The handle to share across a page. On the way of a request no method rejects, but `lookup` and
 * `compress` when their signal aborts, `compress` for a wrong option, and any after `close()`: what
 * fails inside is told by a `fallback` event, and the answer is then the one that lets the app go on.
 * What is for people (`entries`, `exportEntries`, `importEntries`) rejects: an empty list would lie.
 */
export interface Optimizer {
  /** Whether an earlier response answers this request; a miss when skimp cannot tell in time. */
  lookup(request: PromptRequest, options?: CallOptions): Promise<LookupResult>;
  /** Keeps a finished answer for later. */
  store(request: PromptRequest, response: StoredResponse): Promise<StoreResult>;
  /**
   * What skimp thinks of two prompts: whether the answer to `first` would be served for `second`,
   * and why. Reads and changes no entry, and has no deadline. Where skimp cannot tell (no model
   * runs, a text is unsuitable), `served` is false, `risk` 1, and `detail` says why.
   *
   * @example const { served, risk } = await optimizer.compare('Reset password?', 'Lost password?');
   */
  compare(first: string, second: string): Promise<PromptComparison>;
  /**
   * Tells that a hit was wrong. Its entry is removed, and if it was a semantic hit, the threshold is
   * lowered at once: of the semantic hits that are reported on, the share of wrong ones stays within
   * `maxErrorRate` but for a constant number. Each served hit counts once; `clear` does not undo it.
   *
   * @returns whether the entry was there.
   */
  reportWrongHit(key: string): Promise<boolean>;
  /**
   * Tells that a semantic hit was good, which raises a threshold that wrong hits have lowered, never
   * above the calibrated one.
   *
   * @returns whether it counted: each served semantic hit does once, an exact one never.
   */
  reportGoodHit(key: string): Promise<boolean>;
  /** Removes the entries of `scope`, or of all scopes. @returns how many. */
  clear(scope?: string): Promise<number>;
  /**
   * Lists what is stored and has not expired, newest first, a page at a time. An entry that is stored
   * or removed between two pages shifts no other.
   *
   * @throws {@link SkimpError} `invalid-option`, or the code of what failed, as a rejection; or
   * `signal.reason`.
   * @example
   * const first = await optimizer.entries({ limit: 100 });
   * const second = first.next && (await optimizer.entries({ limit: 100, after: first.next }));
   */
  entries(options?: EntriesOptions): Promise<EntriesPage>;
  /**
   * Removes one entry and its vector; unlike `reportWrongHit`, it says nothing about the answer, so
   * the threshold stays.
   *
   * @returns whether the entry was there.
   */
  remove(key: string): Promise<boolean>;
  /**
   * Writes the entries into a file of JSON Lines: a header, then an entry a line, newest first. It
   * holds **prompts and answers in clear**; scopes, and whatever else of a request must be equal, as
   * hashes keyed by this database's secret.
   *
   * Such a file can be imported into this database only, whatever is in it by then. With `portable`
   * it holds the secret, too, and any empty database can take it over: whoever has that file can
   * test guesses of the scopes (user ids, system prompts) of this database, and make entries that it
   * would import. To ship answers with an app, give `store` the requests and answers instead: each
   * visitor's database then keeps a secret of its own.
   *
   * @throws {@link SkimpError} `transfer-refused` when the secret cannot be read, `invalid-option`, or
   * the code of what failed, as a rejection; or `signal.reason`.
   * @example const url = URL.createObjectURL(await optimizer.exportEntries());
   */
  exportEntries(options?: ExportOptions): Promise<Blob>;
  /**
   * Reads a file of `exportEntries` and adds its entries: those that have not expired, where no
   * answer as new is stored. They keep their expiry (or get that of this optimizer's `ttlMs`, when
   * it is sooner) and their hits; vectors are made anew in the background. `maxBytes` holds:
   * what saves least per byte goes, imported or not.
   *
   * The file is not trusted. A line that was changed since, that is broken or too large is skipped and
   * counted. Answers that were removed since the export, wrong ones too, come back. Import a
   * portable file only from someone whose answers you would serve.
   *
   * After an abort, what was imported by then stays.
   *
   * @throws {@link SkimpError} `transfer-refused` for what is no such file, or one of another
   * database, `invalid-option`, or the code of what failed, as a rejection; or `signal.reason`.
   * @example const { imported, skipped } = await optimizer.importEntries(input.files[0]);
   */
  importEntries(file: Blob, options?: ImportOptions): Promise<ImportResult>;
  /**
   * Counts and savings so far. The newest are sent to the worker every second, and when the page is
   * hidden: a page that closes loses what is newer, unless it asks for `stats()` first.
   */
  stats(): Promise<OptimizerStats>;
  status(): Promise<OptimizerStatus>;
  /** Loads the model if it is not loaded; resolves when it runs, or cannot. */
  loadModel(): Promise<OptimizerStatus>;
  /**
   * Shortens a text: drops the words that matter least for the question or task until the budget is
   * met. What is kept are slices of the text, in order; code, JSON, tags and placeholders are always
   * kept, and numbers, dates, names of addresses, negations and quotations never cut. The same text
   * and options make the same bytes. The model is loaded on the first call. Where it cannot be, the
   * text comes back unchanged, with `skipped: 'unavailable'`.
   *
   * @throws {@link SkimpError} `invalid-option`, as a rejection; or `signal.reason`.
   * @example
   * const { text } = await optimizer.compress(article, { keepRatio: 0.5, question });
   */
  compress(text: string, options: CompressOptions): Promise<CompressionResult>;
  /** Loads the compressor's model, which `compress` does otherwise; resolves when it runs, or cannot. */
  loadCompressor(): Promise<OptimizerStatus>;
  /** Subscribes to all events. @returns a function that unsubscribes. */
  onEvent(listener: TraceListener): () => void;
  /**
   * Joins the request for the answer that will be stored under `key`. The first to join leads: it
   * sends the request and calls `settle`. Others wait for `settled`, then look up again.
   */
  joinFlight(key: string): Flight;
  /** For adapters: reports what they decided, as an event. */
  report(detail: TraceDetail): void;
  /** Ends the worker and frees its memory, the GPU's too. Entries stay in the store. */
  close(): void;
}
