import type { OptimizerOptions } from '../client/options.js';
import type { Optimizer } from '../client/optimizer.js';
import type { OptimizerStatus, StoreUsage } from '../shared/status.js';
import type { TraceEvent } from '../shared/trace.js';
import { type Budget, toBudgets } from './budget.js';
import { appendEvent, type LogEvent } from './describe-event.js';
import { type ModelName, toDownloadBytes } from './model-size.js';
import { createStore, type Store } from './store.js';

export type SkimpState = {
  /** Absent while the optimizer starts. */
  readonly status?: OptimizerStatus | undefined;
  readonly usage?: StoreUsage;
  readonly events: readonly LogEvent[];
  /** Bytes to download for each model, as far as the manifests are read. */
  readonly sizes: Readonly<Partial<Record<ModelName, number>>>;
  /** What the model is calibrated for; empty until its manifest is read. */
  readonly budgets: readonly Budget[];
};

/** Keeps one optimizer running for the page and watches it. No method rejects. */
export interface SkimpHost {
  readonly state: Store<SkimpState>;
  /** Resolves once an optimizer was made, or could not be. */
  readonly started: Promise<void>;
  /** Models are downloaded only when asked for. */
  readonly asksFirst: boolean;
  /** The one to use now; `undefined` when it could not be made: then the page goes without. */
  current(): Optimizer | undefined;
  /** The one to use now, once its model runs or cannot. */
  settled(): Promise<Optimizer | undefined>;
  /** Replaces the optimizer; the old one is closed once `idle` settles. */
  restart(maxErrorRate: number, idle: Promise<void>): void;
  /** Downloads and starts a model. */
  load(model: ModelName): Promise<void>;
  /** Ends the downloads under way; what is on disk already is used. */
  cancelDownload(): void;
  reportWrongHit(key: string): Promise<void>;
  /** Removes the stored answers of the demo. */
  clear(): Promise<void>;
}

export type SkimpHostOptions = {
  readonly createOptimizer: (options: OptimizerOptions) => Optimizer;
  readonly readManifest: (model: ModelName) => Promise<unknown>;
  readonly maxErrorRate: number;
  /** See {@link SkimpHost.asksFirst}. */
  readonly asksFirst: boolean;
  /** What the first optimizer waits for. */
  readonly isClear: Promise<void>;
  readonly now: () => number;
};

export const DEMO_SCOPE = 'demo';

/** More than the library's default: on a slow device a demo is to show the decision, not the deadline. */
const DEADLINE_MS = 1_000;

/** Events after which the store may hold something else. */
const storeEvents: ReadonlySet<TraceEvent['type']> = new Set([
  'cache-store',
  'cache-evict',
  'cache-clear',
  'cache-remove',
  'cache-import',
  'worker-restart',
]);

export function createSkimpHost(options: SkimpHostOptions): SkimpHost {
  const { now, readManifest, asksFirst } = options;
  const state = createStore<SkimpState>({ events: [], sizes: {}, budgets: [] });
  let { maxErrorRate } = options;
  let optimizer: Optimizer | undefined;
  let autoDownload = !asksFirst;
  let wantsCompressor = false;
  let hasStarted = false;

  function note(text: string): void {
    state.update({ events: appendEvent(state.get().events, { at: now(), type: 'note', text }) });
  }

  function onEvent(event: TraceEvent, from: Optimizer): void {
    state.update({ events: appendEvent(state.get().events, event) });
    if (from !== optimizer) return;
    if (event.type === 'status-change') {
      state.update({ status: toStatus(event, state.get().status) });
    }
    if (event.type === 'status-change' ? isLoaded(event) : event.type === 'threshold-change') {
      void refreshStatus(from);
    }
    if (storeEvents.has(event.type)) void refreshUsage();
  }

  function open(): void {
    optimizer = undefined;
    state.update({ status: undefined });
    try {
      const opened = options.createOptimizer({
        scope: DEMO_SCOPE,
        deadlineMs: DEADLINE_MS,
        maxErrorRate,
        autoDownload,
      });
      optimizer = opened;
      opened.onEvent((event) => onEvent(event, opened));
      void refreshStatus(opened).then(refreshUsage);
      if (wantsCompressor) void attempt(() => opened.loadCompressor());
    } catch (error) {
      note(`skimp did not start, the chat goes on without it: ${String(error)}`);
      state.update({ status: { semantic: 'unavailable', reason: String(error) } });
    }
  }

  async function start(): Promise<void> {
    await options.isClear;
    hasStarted = true;
    open();
  }

  /** @returns the optimizer that was replaced, to be closed. */
  function reopen(): Optimizer | undefined {
    if (!hasStarted) return undefined; // the first one will be opened as wanted
    const old = optimizer;
    open();
    return old;
  }

  async function refreshStatus(opened: Optimizer): Promise<void> {
    await attempt(async () => {
      const status = await opened.status();
      if (opened === optimizer) state.update({ status });
    });
  }

  async function refreshUsage(): Promise<void> {
    await attempt(async () => {
      const stats = await optimizer?.stats();
      if (stats) state.update({ usage: { entries: stats.entries, bytes: stats.bytes } });
    });
  }

  async function readSize(model: ModelName): Promise<void> {
    const manifest = await readManifest(model).catch(() => undefined); // the size is then not told
    const bytes = toDownloadBytes(manifest);
    if (bytes !== undefined) state.update({ sizes: { ...state.get().sizes, [model]: bytes } });
    if (model === 'cache') state.update({ budgets: toBudgets(manifest) });
  }

  /** Whatever fails in skimp must not cost the user the chat. */
  async function attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      note(`skimp failed: ${String(error)}`);
    }
  }

  void readSize('cache');
  void readSize('compressor');
  const started = start();
  return {
    state,
    started,
    asksFirst,
    current: () => optimizer,
    async settled() {
      await until(state, ({ status }) => status !== undefined && !isUnderWay(status));
      return optimizer;
    },
    restart(rate, idle) {
      maxErrorRate = rate;
      const old = reopen();
      void idle.then(() => old?.close());
    },
    async load(model) {
      autoDownload ||= model === 'cache';
      wantsCompressor ||= model === 'compressor';
      await started;
      const opened = optimizer;
      if (opened === undefined) return;
      await attempt(() => (model === 'cache' ? opened.loadModel() : opened.loadCompressor()));
    },
    cancelDownload() {
      const { status } = state.get();
      if (status?.semantic === 'downloading') autoDownload = false;
      if (status?.compressor?.state === 'downloading') wantsCompressor = false;
      reopen()?.close();
      note('The download is cancelled.');
    },
    async reportWrongHit(key) {
      await attempt(async () => optimizer?.reportWrongHit(key));
      await refreshUsage();
    },
    clear: () => attempt(async () => optimizer?.clear(DEMO_SCOPE)),
  };
}

/** An event's status; what events leave out is as it was. */
function toStatus(
  { at: _at, type: _type, ...status }: Extract<TraceEvent, { type: 'status-change' }>,
  before: OptimizerStatus | undefined,
): OptimizerStatus {
  const { storage, threshold } = before ?? {};
  return { ...(storage && { storage }), ...(threshold && { threshold }), ...status };
}

function isLoaded({ semantic }: OptimizerStatus): boolean {
  return semantic === 'available';
}

/** Before its manifest is read, a model that need not be asked for is `downloadable`, too. */
function isUnderWay({ semantic, model }: OptimizerStatus): boolean {
  return semantic === 'downloading' || (semantic === 'downloadable' && model === undefined);
}

function until<T extends object>(store: Store<T>, isDone: (value: T) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = store.subscribe(check);
    function check(): void {
      if (!isDone(store.get())) return;
      unsubscribe();
      resolve();
    }
    check();
  });
}
