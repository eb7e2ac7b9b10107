import type { OptimizerOptions } from '../client/options.js';
import type { Optimizer } from '../client/optimizer.js';
import type { OptimizerStatus, StoreUsage } from '../shared/status.js';
import type { TraceEvent } from '../shared/trace.js';
import { appendEvent, type LogEvent } from './describe-event.js';
import { createStore, type Store } from './store.js';

export type SkimpState = {
  readonly status?: OptimizerStatus;
  readonly usage?: StoreUsage;
  readonly events: readonly LogEvent[];
};

/** Keeps one optimizer running for the page and watches it. No method rejects. */
export interface SkimpHost {
  readonly state: Store<SkimpState>;
  /** The one to use now; `undefined` when it could not be made: then the page goes without. */
  current(): Optimizer | undefined;
  /** Replaces the optimizer; the old one is closed once `idle` settles. */
  restart(maxErrorRate: number, idle: Promise<void>): void;
  reportWrongHit(key: string): Promise<void>;
  /** Removes the stored answers of the demo. */
  clear(): Promise<void>;
}

export type SkimpHostOptions = {
  readonly createOptimizer: (options: OptimizerOptions) => Optimizer;
  readonly maxErrorRate: number;
  readonly now: () => number;
};

export const DEMO_SCOPE = 'demo';

/** Events after which the store may hold something else. */
const storeEvents: ReadonlySet<TraceEvent['type']> = new Set([
  'cache-store',
  'cache-evict',
  'cache-clear',
  'worker-restart',
]);

export function createSkimpHost({
  createOptimizer,
  maxErrorRate,
  now,
}: SkimpHostOptions): SkimpHost {
  const state = createStore<SkimpState>({ events: [] });
  let optimizer: Optimizer | undefined;

  function log(event: LogEvent): void {
    state.update({ events: appendEvent(state.get().events, event) });
  }

  function note(text: string): void {
    log({ at: now(), type: 'note', text });
  }

  function onEvent(event: TraceEvent, from: Optimizer): void {
    log(event);
    if (event.type === 'status-change' && from === optimizer) {
      const { at: _at, type: _type, ...status } = event;
      state.update({ status });
    }
    if (storeEvents.has(event.type)) void refreshUsage();
  }

  function open(rate: number): void {
    optimizer = undefined;
    try {
      const opened = createOptimizer({ scope: DEMO_SCOPE, maxErrorRate: rate });
      optimizer = opened;
      opened.onEvent((event) => onEvent(event, opened));
      void refreshStatus(opened);
    } catch (error) {
      note(`skimp did not start, the chat goes on without it: ${String(error)}`);
    }
  }

  async function refreshStatus(opened: Optimizer): Promise<void> {
    await attempt(async () => {
      const status = await opened.status();
      if (opened === optimizer) state.update({ status });
    });
    await refreshUsage();
  }

  async function refreshUsage(): Promise<void> {
    await attempt(async () => {
      const stats = await optimizer?.stats();
      if (stats) state.update({ usage: { entries: stats.entries, bytes: stats.bytes } });
    });
  }

  /** Whatever fails in skimp must not cost the user the chat. */
  async function attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      note(`skimp failed: ${String(error)}`);
    }
  }

  open(maxErrorRate);
  return {
    state,
    current: () => optimizer,
    restart(rate, idle) {
      const old = optimizer;
      open(rate);
      void idle.then(() => old?.close());
    },
    async reportWrongHit(key) {
      await attempt(async () => optimizer?.reportWrongHit(key));
      await refreshUsage();
    },
    clear: () => attempt(async () => optimizer?.clear(DEMO_SCOPE)),
  };
}
