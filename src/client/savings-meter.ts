import type { LookupResult } from '../shared/decision.js';
import type { PromptRequest } from '../shared/prompt-request.js';
import { addSavings, negateSavings, noSavings } from '../shared/savings.js';
import type { Savings, SavingsRecord, SparedCall } from '../shared/savings.js';
import type { TraceDetail } from '../shared/trace.js';

/** Time in which what happens is collected before it is sent: what a page that closes may lose. */
const BATCH_MS = 1_000;
/** Records that wait at most, for a worker that is away: past it, nothing more is counted. */
const MAX_PENDING = 1_000;
/** Hits that a report can take back, at most: the newest. */
const MAX_SERVED = 1_000;

/** A hit that may yet be reported wrong. */
type Served = {
  readonly key: string;
  readonly scope: string | undefined;
  /** What it saved; absent until the worker has said so. */
  savings?: Savings;
  isTakenBack: boolean;
};

type Pending = { readonly record: SavingsRecord; readonly served?: Served };

export type SavingsMeterOptions = {
  /** Adds records to what is stored; says what each came to. */
  readonly record: (records: readonly SavingsRecord[]) => Promise<readonly Savings[]>;
  /** Runs `task` later. @default setTimeout */
  readonly schedule?: (task: () => void, delayMs: number) => unknown;
};

/**
 * Collects what was saved and lets the worker count and keep it, off the path of any request. What
 * fails is tried again with the next batch.
 */
export interface SavingsMeter {
  /** @param elapsedMs - How long the caller waited. */
  countLookup(request: PromptRequest, result: LookupResult, elapsedMs: number): void;
  /** Counts a request that went out shorter; ignores all other events. */
  countEvent(detail: TraceDetail): void;
  /** Takes back what the newest hit of this entry saved, if this page served one. */
  takeBack(key: string): void;
  /** Sends what waits. @throws what `record` throws; it is then kept. */
  flush(): Promise<void>;
  /** What was saved since the meter was made, as far as it is counted. */
  session(): Savings;
}

export function createSavingsMeter({
  record,
  schedule = setTimeout,
}: SavingsMeterOptions): SavingsMeter {
  const pending: Pending[] = [];
  const served: Served[] = [];
  let session = noSavings;
  let isScheduled = false;
  let flushing: Promise<void> | undefined;

  function add(entry: Pending): void {
    if (pending.length >= MAX_PENDING) return;
    pending.push(entry);
    if (isScheduled) return;
    isScheduled = true;
    schedule(() => {
      isScheduled = false;
      flush().catch(() => {}); // it stays pending
    }, BATCH_MS);
  }

  function correct({ scope, savings = noSavings }: Served): void {
    // The time that the lookup took is spent all the same.
    const { spentMs: _spentMs, ...back } = negateSavings({ ...savings, netMs: savings.savedMs });
    add({ record: { scope, known: { ...back, wrongHits: 1 } } });
  }

  function settle({ served: hit }: Pending, savings: Savings): void {
    session = addSavings(session, savings);
    if (hit === undefined) return;
    hit.savings = savings;
    if (hit.isTakenBack) correct(hit);
  }

  async function send(): Promise<void> {
    while (pending.length > 0) {
      const batch = [...pending];
      const counted = await record(batch.map((entry) => entry.record));
      pending.splice(0, batch.length);
      for (const [index, entry] of batch.entries()) settle(entry, counted[index] ?? noSavings);
    }
  }

  function flush(): Promise<void> {
    flushing ??= send().finally(() => {
      flushing = undefined;
    });
    return flushing;
  }

  return {
    countLookup(request, result, elapsedMs) {
      const { scope } = request;
      if (result.kind === 'miss') {
        add({ record: { scope, known: { spentMs: elapsedMs, netMs: -elapsedMs } } });
        return;
      }
      const savedMs = result.response.latencyMs ?? 0;
      const times = { savedMs, spentMs: elapsedMs, netMs: savedMs - elapsedMs };
      const hit: Served = { key: result.key, scope, isTakenBack: false };
      served.push(hit);
      if (served.length > MAX_SERVED) served.shift();
      const known = { callsAvoided: 1, ...times };
      add({ record: { scope, known, call: toSparedCall(request, result) }, served: hit });
    },
    countEvent(detail) {
      if (detail.type !== 'compress-request') return;
      const { model, originalTokens, sentTokens, milliseconds } = detail;
      const tokens = { promptTokens: originalTokens - sentTokens, completionTokens: 0 };
      const known = { shortenedCalls: 1, spentMs: milliseconds, netMs: -milliseconds };
      const models = model === undefined ? [] : [model];
      add({ record: { scope: undefined, known, call: { models, tokens } } });
    },
    takeBack(key) {
      const index = served.findLastIndex((hit) => hit.key === key);
      const [hit] = index < 0 ? [] : served.splice(index, 1);
      if (hit === undefined) return;
      hit.isTakenBack = true;
      if (hit.savings !== undefined) correct(hit);
    },
    flush,
    session: () => session,
  };
}

function toSparedCall(
  request: PromptRequest,
  { response }: Extract<LookupResult, { kind: 'hit' }>,
): SparedCall {
  const { usage, text, model } = response;
  return { models: [model, request.model], tokens: usage ?? { request, answer: text } };
}
