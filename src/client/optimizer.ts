import type { LookupResult, StoreResult } from '../shared/decision.js';
import type { PromptRequest, StoredResponse } from '../shared/prompt-request.js';
import type { OptimizerStats, OptimizerStatus } from '../shared/status.js';
import type { TraceDetail, TraceListener } from '../shared/trace.js';
import type { Flight } from './single-flight.js';

/** Settings of one call. */
export type CallOptions = {
  /** Ends the call; it then rejects with `signal.reason`. */
  signal?: AbortSignal;
};

/**
 * The handle to share across a page. No method but `lookup`, when its signal aborts, and any after
 * `close()` rejects: what fails inside is told by a `fallback` event, and the answer is then the
 * one that lets the app go on.
 */
export interface Optimizer {
  /** Whether an earlier response answers this request; a miss when skimp cannot tell in time. */
  lookup(request: PromptRequest, options?: CallOptions): Promise<LookupResult>;
  /** Keeps a finished answer for later. */
  store(request: PromptRequest, response: StoredResponse): Promise<StoreResult>;
  /** Tells that a hit was wrong: its entry is removed and counted. @returns whether it was there. */
  reportWrongHit(key: string): Promise<boolean>;
  /** Removes the entries of `scope`, or of all scopes. @returns how many. */
  clear(scope?: string): Promise<number>;
  stats(): Promise<OptimizerStats>;
  status(): Promise<OptimizerStatus>;
  /** Loads the model if it is not loaded; resolves when it runs, or cannot. */
  loadModel(): Promise<OptimizerStatus>;
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
