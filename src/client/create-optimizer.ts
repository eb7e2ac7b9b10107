import type { LookupResult, PromptComparison, StoreResult } from '../shared/decision.js';
import { registerErrorWire } from '../shared/error-wire.js';
import { SkimpError, toSkimpError } from '../shared/errors.js';
import { noSavings } from '../shared/savings.js';
import type { OptimizerStatus } from '../shared/status.js';
import type { TraceDetail } from '../shared/trace.js';
import { createCompress } from './compress.js';
import { createEventBus } from './event-bus.js';
import { createEntryManager } from './manage-entries.js';
import { resolveOptions } from './options.js';
import type { OptimizerOptions } from './options.js';
import type { CallOptions, Optimizer } from './optimizer.js';
import { createSavingsMeter } from './savings-meter.js';
import { createSessionCounts } from './session-counts.js';
import { createSingleFlight, leadAlone } from './single-flight.js';
import { whenHidden } from './when-hidden.js';
import { createWorkerLink } from './worker-link.js';
import type { CallLimits, WorkerLink } from './worker-link.js';

/** Time in which the small questions must be answered, in milliseconds. */
const ADMIN_DEADLINE_MS = 5_000;
/** Time for which `stats` waits until the newest savings are counted; later ones tell of them. */
const FLUSH_DEADLINE_MS = 2_000;

/**
 * Starts the optimizer: spawns its worker and loads the model in the background. Until the model is
 * there, exact repeats are served and everything else passes.
 *
 * @param options - All but `scope` have a default; see {@link OptimizerOptions}.
 * @returns A handle to share across the page, at once. `close()` frees worker and GPU memory.
 * @throws {@link SkimpError} `invalid-option`, at once, for a value out of range or an unknown key.
 * @example
 * const optimizer = createOptimizer({ scope: `user:${userId}` });
 * const client = new OpenAI({ apiKey, fetch: createSkimpFetch(optimizer) });
 */
export function createOptimizer(options: OptimizerOptions): Optimizer {
  const { settings, deadlineMs, hangMs, worker, onEvent } = resolveOptions(options, baseUrl());
  registerErrorWire();
  const events = createEventBus(onEvent);
  const counts = createSessionCounts();
  const report = (detail: TraceDetail) => events.emit({ at: Date.now(), ...detail });
  const link = createWorkerLink({
    createWorker: worker ?? createPackagedWorker,
    settings,
    hangMs,
    onEvent: (event) => {
      if (event.type === 'cache-evict') counts.countEviction(event.entries);
      events.emit(event);
    },
    onRestart: (attempt, reason) => report({ type: 'worker-restart', attempt, reason }),
  });
  const { meter, flushMeter, stopFlushing } = openMeter(link);
  let closed = false;

  /** Runs a call that must not fail: past a failure, `otherwise` lets the app go on. */
  async function attempt<T>(
    action: Parameters<typeof link.call<T>>[0],
    limits: CallLimits,
    otherwise: (error: SkimpError) => T,
  ): Promise<T> {
    if (closed) throw new SkimpError('optimizer-closed', 'the optimizer was closed');
    try {
      return await link.call(action, limits);
    } catch (thrown) {
      if (limits.signal?.aborted === true) throw limits.signal.reason;
      const error = toSkimpError(thrown, 'internal');
      report({ type: 'fallback', code: error.code, reason: error.message });
      return otherwise(error);
    }
  }

  return {
    async lookup(request, { signal }: CallOptions = {}) {
      const startedAt = Date.now();
      const result = await attempt<LookupResult>(
        (api) => api.lookup(request, startedAt + deadlineMs),
        { signal, deadlineMs },
        (error) => ({
          kind: 'miss',
          reason: 'fallback',
          detail: error.code,
          lookupMs: Date.now() - startedAt,
        }),
      );
      counts.countLookup(result);
      meter.countLookup(request, result, Date.now() - startedAt);
      report(toLookupEvent(result));
      return result;
    },
    async store(request, response) {
      const result = await attempt<StoreResult>(
        (api) => api.store(request, response),
        { deadlineMs: hangMs },
        (error) => ({ stored: false, reason: error.code }),
      );
      if (result.stored) {
        counts.countStore();
        report({ type: 'cache-store', key: result.key, bytes: result.bytes });
      } else {
        report({ type: 'cache-skip', reason: result.reason });
      }
      return result;
    },
    compare: (first, second) =>
      attempt<PromptComparison>((api) => api.compare(first, second), {}, toUnknownPair),
    async reportWrongHit(key) {
      counts.countWrongHit();
      meter.takeBack(key);
      report({ type: 'wrong-hit', key });
      return attempt((api) => api.reportWrongHit(key), { deadlineMs: ADMIN_DEADLINE_MS }, no);
    },
    async reportGoodHit(key) {
      counts.countGoodHit();
      report({ type: 'good-hit', key });
      return attempt((api) => api.reportGoodHit(key), { deadlineMs: ADMIN_DEADLINE_MS }, no);
    },
    async clear(scope) {
      const entries = await attempt((api) => api.clear(scope), { deadlineMs: hangMs }, zero);
      report({ type: 'cache-clear', entries });
      return entries;
    },
    ...createEntryManager({
      attempt,
      abandon: (job) => void link.call((api) => api.abortTransfer(job), {}).catch(ignore),
      report,
      deadlineMs: hangMs,
    }),
    async stats() {
      await Promise.race([flushMeter(), pause(FLUSH_DEADLINE_MS)]);
      const stored = await attempt(
        async (api) => ({ ...(await api.usage()), ...(await api.readSavings()) }),
        { deadlineMs: ADMIN_DEADLINE_MS },
        () => ({ entries: 0, bytes: 0, scope: noSavings, total: noSavings }),
      );
      return { ...counts.read(), session: meter.session(), ...stored };
    },
    status: () => attempt((api) => api.status(), { deadlineMs: ADMIN_DEADLINE_MS }, toDownStatus),
    loadModel: () => attempt((api) => api.loadModel(), { watched: false }, toDownStatus),
    compress: createCompress({
      attempt,
      abandon: (job) => void link.call((api) => api.abortCompression(job), {}).catch(ignore),
      report,
      counter: settings.tokenCounter,
    }),
    loadCompressor: () => attempt((api) => api.loadCompressor(), { watched: false }, toDownStatus),
    onEvent: events.subscribe,
    joinFlight: settings.mode === 'shadow' ? leadAlone : createSingleFlight(),
    report(detail) {
      meter.countEvent(detail);
      report(detail);
    },
    close() {
      closed = true;
      stopFlushing();
      link.close();
    },
  };
}

/** What the meter counts is kept by the worker: at intervals, and when the page is hidden. */
function openMeter(link: WorkerLink) {
  const meter = createSavingsMeter({
    // No deadline: what is slow is not lost, and sent again it would count twice.
    record: (records) => link.call((api) => api.recordSavings(records), { watched: false }),
  });
  const flushMeter = () => meter.flush().catch(ignore); // what fails is kept for the next time
  const stopFlushing = whenHidden(() => void flushMeter());
  return { meter, flushMeter, stopFlushing };
}

/** Without a document (server rendering) there is no worker either, and everything passes through. */
function baseUrl(): string {
  return typeof document === 'undefined' ? 'http://localhost/' : document.baseURI;
}

/** The literal form is the one that bundlers find. */
function createPackagedWorker(): Worker {
  return new Worker(new URL('../worker/main.js', import.meta.url), { type: 'module' });
}

function toLookupEvent(result: LookupResult): TraceDetail {
  if (result.kind === 'miss') {
    const { kind: _kind, ...why } = result;
    return { type: 'cache-miss', ...why };
  }
  const { kind: _kind, response: _response, ...why } = result;
  return { type: 'cache-hit', ...why };
}

function toDownStatus({ code, message }: SkimpError): OptimizerStatus {
  return { semantic: 'unavailable', code, reason: message };
}

function toUnknownPair({ code }: SkimpError): PromptComparison {
  return { guards: [], risk: 1, served: false, detail: code };
}

const pause = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs));
const no = () => false;
const zero = () => 0;
const ignore = () => {};
