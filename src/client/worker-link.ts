import { proxy, wrap } from 'comlink';
import type { Remote } from 'comlink';
import { createDeferred } from '../shared/deferred.js';
import { SkimpError } from '../shared/errors.js';
import type { TraceListener } from '../shared/trace.js';
import type { WorkerApi, WorkerHello } from '../shared/worker-api.js';
import type { WorkerSettings } from '../shared/worker-settings.js';

/** Restarts without an answer in between, after which the worker is left alone. */
const MAX_RESTARTS = 3;
/** How long a worker that is suspected to hang has to answer a ping, in milliseconds. */
const PING_MS = 1_000;

/** What a link is made from. */
export type WorkerLinkOptions = {
  readonly createWorker: () => Worker;
  readonly settings: WorkerSettings;
  readonly hangMs: number;
  /** Events of the worker. */
  readonly onEvent: TraceListener;
  readonly onRestart: (attempt: number, reason: string) => void;
};

/** Limits of one call. */
export type CallLimits = {
  readonly signal?: AbortSignal | undefined;
  /** After this the caller stops waiting; the worker may still finish. In milliseconds. */
  readonly deadlineMs?: number;
  /** Whether silence means a hung worker; false for what may rightly take long. @default true */
  readonly watched?: boolean;
};

/** The page's end of the worker: every call races answer, abort, deadline and worker death. */
export interface WorkerLink {
  /**
   * @throws {@link SkimpError} `worker-crashed`, `deadline-exceeded` or the code of the worker's
   *   error; or `signal.reason`, untouched.
   */
  call<T>(action: (api: Remote<WorkerApi>) => Promise<T>, limits: CallLimits): Promise<T>;
  /** Ends the worker; calls under way reject with `optimizer-closed`. */
  close(): void;
}

type Session = {
  readonly api: Remote<WorkerApi>;
  /** Resolves when the worker listens: what is posted earlier is lost if its script is still loading. */
  readonly ready: Promise<void>;
  /** Rejects when the worker is gone; never resolves. */
  readonly died: Promise<never>;
  readonly end: (error: SkimpError) => void;
};

/** Starts a worker and replaces it when it dies or hangs. */
export function createWorkerLink(options: WorkerLinkOptions): WorkerLink {
  let session: Session | undefined;
  let failure = new SkimpError('worker-crashed', 'the worker did not start');
  let restarts = 0;
  let starts = 0;
  let closed = false;

  /** A GPU that goes on failing takes its worker with it: the third worker does without. */
  const toSettings = () =>
    starts > 2 ? { ...options.settings, backend: 'wasm' as const } : options.settings;

  function start(): void {
    starts += 1;
    try {
      const fresh = openSession(options, replace);
      session = fresh;
      fresh.ready
        .then(() => fresh.api.init(toSettings(), proxy(options.onEvent)))
        .catch((error: unknown) => fresh.end(toCrash(error)));
    } catch (error) {
      replace(toCrash(error));
    }
  }

  function replace(error: SkimpError): void {
    session = undefined;
    failure = error;
    if (closed || restarts >= MAX_RESTARTS) return;
    restarts += 1;
    options.onRestart(restarts, error.message);
    // A worker that dies at once must not keep the page busy: 0, 1 and 4 seconds.
    setTimeout(() => closed || start(), 1_000 * (restarts - 1) ** 2);
  }

  start();
  return {
    async call(action, limits) {
      limits.signal?.throwIfAborted();
      if (session === undefined) throw failure;
      const answer = await raceCall(session, action, { hangMs: options.hangMs, ...limits });
      restarts = 0;
      return answer;
    },
    close() {
      closed = true;
      session?.end(new SkimpError('optimizer-closed', 'the optimizer was closed'));
    },
  };
}

function openSession(
  { createWorker, hangMs }: WorkerLinkOptions,
  onEnd: (error: SkimpError) => void,
): Session {
  const worker = createWorker();
  const over = new AbortController();
  const { promise: ready, resolve: setReady } = createDeferred<void>();
  const { promise: died, reject } = createDeferred<never>();
  died.catch(() => {}); // each call listens for itself
  function end(error: SkimpError): void {
    if (over.signal.aborted) return;
    over.abort();
    worker.terminate();
    reject(error);
    onEnd(error);
  }
  const silence = setTimeout(
    () => end(new SkimpError('worker-crashed', `the worker did not start in ${hangMs} ms`)),
    hangMs,
  );
  over.signal.addEventListener('abort', () => clearTimeout(silence));
  worker.addEventListener('message', function onHello({ data }: MessageEvent<unknown>) {
    if (!isHello(data)) return;
    clearTimeout(silence);
    worker.removeEventListener('message', onHello);
    worker.removeEventListener('error', onError);
    setReady();
    if (data.lockName !== undefined) watchLock(data.lockName, over.signal, end);
  });
  // Once it runs, an error that it did not catch is no death: the lock and the hang timer tell that.
  function onError(event: ErrorEvent): void {
    event.preventDefault();
    const detail = event.message === undefined ? 'its script cannot be loaded' : event.message;
    end(new SkimpError('worker-crashed', `the worker failed to start: ${detail}`));
  }
  worker.addEventListener('error', onError);
  return { api: wrap<WorkerApi>(worker), ready, died, end };
}

/** The worker holds the lock as long as it lives, so getting it means that the worker is dead. */
function watchLock(lockName: string, signal: AbortSignal, end: Session['end']): void {
  navigator.locks
    .request(lockName, { signal }, () =>
      end(new SkimpError('worker-crashed', 'the worker ended unexpectedly')),
    )
    .catch(() => {}); // the session is over, or the page has no locks: the hang timer remains
}

async function raceCall<T>(
  session: Session,
  action: (api: Remote<WorkerApi>) => Promise<T>,
  { signal, deadlineMs, hangMs, watched = true }: CallLimits & { readonly hangMs: number },
): Promise<T> {
  const cleanups: (() => void)[] = [];
  const racers: Promise<T>[] = [session.died];
  const answer = session.ready.then(() => action(session.api));
  racers.push(answer);
  if (watched) watchForHang(session, answer, hangMs);
  if (deadlineMs !== undefined) {
    const { promise, reject } = createDeferred<never>();
    const message = `no answer within ${deadlineMs} ms`;
    const timer = setTimeout(
      () => reject(new SkimpError('deadline-exceeded', message)),
      deadlineMs,
    );
    cleanups.push(() => clearTimeout(timer));
    racers.push(promise);
  }
  if (signal !== undefined) {
    const { promise, reject } = createDeferred<never>();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort);
    cleanups.push(() => signal.removeEventListener('abort', onAbort));
    racers.push(promise);
  }
  try {
    return await Promise.race(racers);
  } finally {
    for (const cleanup of cleanups) cleanup();
  }
}

/**
 * Ends the session when `answer` stays out. A page that was suspended finds its timers due before
 * the worker could answer, so a ping has the last word.
 */
function watchForHang(session: Session, answer: Promise<unknown>, hangMs: number): void {
  let last: ReturnType<typeof setTimeout>;
  const suspect = setTimeout(() => {
    last = setTimeout(
      () => session.end(new SkimpError('worker-crashed', `no answer within ${hangMs} ms`)),
      Math.min(PING_MS, hangMs),
    );
    void session.api.status().then(() => clearTimeout(last), ignore);
  }, hangMs);
  const calm = () => {
    clearTimeout(suspect);
    clearTimeout(last);
  };
  answer.then(calm, calm);
  session.died.catch(calm);
}

function ignore(): void {}

function isHello(data: unknown): data is WorkerHello {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'skimp-hello';
}

function toCrash(error: unknown): SkimpError {
  const detail = error instanceof Error ? error.message : String(error);
  return new SkimpError('worker-crashed', `the worker cannot be started: ${detail}`, {
    cause: error,
  });
}
