import type { Candidate, Optimizer, TraceEvent } from '../index.js';
import type { ReplayRow, ReplayUpstream } from './replay-upstream.js';

/** What became of one row. */
export type RowOutcome = {
  readonly tier: 'exact' | 'semantic' | 'miss';
  /** Why there was no hit. */
  readonly reason?: string;
  /** Time of the whole call, body read, in milliseconds. */
  readonly callMs: number;
  /** Time in the worker, in milliseconds. */
  readonly lookupMs?: number;
  /** Of the earlier prompt that the decision was about, -1 to 1; and its risk, 0 to 1. */
  readonly similarity?: number;
  readonly risk?: number;
  /** `P(same response)` by the verifier, 0 to 1; absent when it did not read the two prompts. */
  readonly verifier?: number;
  readonly guard?: string;
  /** The cluster of that earlier prompt. */
  readonly matchedCluster?: string;
  /** The answer of another cluster was served. */
  readonly isWrong: boolean;
  /** Codes of what failed on the way. */
  readonly errors: readonly string[];
};

type RowWorld = {
  readonly optimizer: Optimizer;
  readonly upstream: ReplayUpstream;
  readonly skimpFetch: typeof fetch;
};

/** Time that an answer may take to be stored, in milliseconds. */
const STORE_MS = 30_000;

/** Sends rows one at a time, as an app would, and tells what became of each. */
export function createRowSender({ optimizer, upstream, skimpFetch }: RowWorld) {
  /** Cluster of each prompt whose answer was stored. */
  const clusters = new Map<string, string>();
  return async (row: ReplayRow): Promise<RowOutcome> => {
    const record = recordEvents(optimizer);
    const { url, init } = upstream.toCall(row);
    const startedAt = performance.now();
    const response = await skimpFetch(url, init);
    const answer = readAnswer(await response.json());
    const callMs = performance.now() - startedAt;
    const isHit = response.headers.get('x-skimp') === 'hit';
    if (!isHit) {
      await record.stored;
      upstream.learn(answer, row);
      clusters.set(row.prompt, row.cluster);
    }
    const servedCluster = isHit ? upstream.clusterOf(answer) : undefined;
    const isWrong = isHit && servedCluster !== row.cluster;
    const events = record.end();
    const matched = matchedPrompt(events);
    const matchedCluster =
      servedCluster ?? (matched === undefined ? undefined : clusters.get(matched));
    return {
      ...describe(events),
      ...(matchedCluster === undefined ? {} : { matchedCluster }),
      callMs,
      isWrong,
      errors: toErrors(events, response),
    };
  };
}

/** Collects a row's events; the end of its storing is one of them. */
function recordEvents(optimizer: Optimizer) {
  const events: TraceEvent[] = [];
  let unsubscribe = () => {};
  const stored = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, STORE_MS);
    unsubscribe = optimizer.onEvent((event) => {
      events.push(event);
      if (event.type !== 'cache-store' && event.type !== 'cache-skip') return;
      clearTimeout(timer);
      resolve();
    });
  });
  const end = (): readonly TraceEvent[] => {
    unsubscribe();
    return events;
  };
  return { stored, end };
}

function describe(events: readonly TraceEvent[]): Pick<RowOutcome, 'tier'> & Partial<RowOutcome> {
  const decision = events.findLast(({ type }) => type === 'cache-hit' || type === 'cache-miss');
  if (decision?.type === 'cache-hit') {
    const { tier, lookupMs } = decision;
    return { tier, lookupMs, ...toFigures(decision) };
  }
  if (decision?.type !== 'cache-miss') return { tier: 'miss', reason: 'no-lookup' };
  const { reason, lookupMs, nearest } = decision;
  if (nearest === undefined) return { tier: 'miss', reason, lookupMs };
  const outcome = { tier: 'miss', reason, lookupMs, ...toFigures(nearest) } as const;
  return nearest.guard === undefined ? outcome : { ...outcome, guard: nearest.guard.guard };
}

function toFigures({ similarity, risk, verifier }: Candidate) {
  return { similarity, risk, ...(verifier === undefined ? {} : { verifier }) };
}

function matchedPrompt(events: readonly TraceEvent[]): string | undefined {
  const miss = events.findLast(({ type }) => type === 'cache-miss');
  return miss?.type === 'cache-miss' ? miss.nearest?.matchedPrompt : undefined;
}

function toErrors(events: readonly TraceEvent[], { ok, status }: Response): string[] {
  const errors = events.flatMap((event) =>
    event.type === 'fallback' ? [event.code as string] : [],
  );
  const isKept = events.some(({ type }) => type === 'cache-hit' || type === 'cache-store');
  if (!isKept) errors.push('not-stored');
  if (!ok) errors.push(`http-${status}`);
  return errors;
}

function readAnswer(body: unknown): string {
  const { choices } = body as { choices?: readonly { message: { content: string } }[] }; // ours, or the FAQ's
  return choices?.[0]?.message.content ?? '';
}
