import type { CompressionResult } from '../shared/compression.js';
import type { LookupResult, PromptComparison, StoreResult } from '../shared/decision.js';
import type { PromptRequest, StoredResponse } from '../shared/prompt-request.js';
import type { OptimizerStats, OptimizerStatus } from '../shared/status.js';
import type { TraceDetail, TraceListener } from '../shared/trace.js';
import type { CompressOptions } from './compress-options.js';
import type { Flight } from './single-flight.js';

/** Settings of one call. */
export type CallOptions = {
  /** Ends the call; it then rejects with `signal.reason`. */
  signal?: AbortSignal;
};

/**
 * The handle to share across a page. No method rejects but `lookup` and `compress`, when their signal
 * aborts, `compress` for a wrong option, and any after `close()`: what fails inside is told by a `fallback` event, and the answer is then the
 * one that lets the app go on.
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
