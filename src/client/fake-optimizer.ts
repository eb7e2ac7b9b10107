import type { CompressionResult } from '../shared/compression.js';
import type { LookupResult } from '../shared/decision.js';
import type { PromptRequest } from '../shared/prompt-request.js';
import { addSavings, noSavings } from '../shared/savings.js';
import type { Savings, SavingsRecord } from '../shared/savings.js';
import type { OptimizerMode } from '../shared/shadow.js';
import { toUnchanged } from '../shared/to-unchanged.js';
import type { TraceDetail, TraceEvent, TraceListener } from '../shared/trace.js';
import { assertCompression } from './compress-options.js';
import type { CompressOptions } from './compress-options.js';
import { createFakeEntryManager } from './fake-entries.js';
import type { FakeEntry } from './fake-entries.js';
import type { Optimizer } from './optimizer.js';
import { createSavingsMeter } from './savings-meter.js';
import { createSingleFlight, leadAlone } from './single-flight.js';

/** What a fake optimizer is built from. */
export type FakeOptimizerOptions = {
  /** Milliseconds since the epoch. @default () => 0 */
  now?: () => number;
  /** `shadow` answers each hit as a miss; nothing is compared. @default 'serve' */
  mode?: OptimizerMode;
  /**
   * Says which stored prompt answers a new one, for tests of semantic hits; exact repeats within a
   * scope always hit. @default () => undefined
   */
  match?: (query: string, storedQueries: readonly string[]) => string | undefined;
  /**
   * Says which slices of a text are kept; `undefined`: the text comes back unchanged, with
   * `skipped: 'unavailable'`. A token is four characters, and nothing is protected.
   * @default () => undefined
   */
  compress?: (text: string, options: CompressOptions) => CompressionResult['kept'] | undefined;
};

/** A fake and what it saw. */
export interface FakeOptimizer extends Optimizer {
  /** Every event so far, in order. */
  readonly trace: readonly TraceEvent[];
}

/**
 * An optimizer in plain memory, without worker, model or storage, for the tests of apps.
 *
 * @example
 * const optimizer = createFakeOptimizer();
 * const client = new OpenAI({ apiKey: 'test', fetch: createSkimpFetch(optimizer, upstream) });
 */
export function createFakeOptimizer({
  now = () => 0,
  mode = 'serve',
  match = () => undefined,
  compress = () => undefined,
}: FakeOptimizerOptions = {}): FakeOptimizer {
  const entries = new Map<string, FakeEntry>();
  const trace: TraceEvent[] = [];
  const listeners = new Set<TraceListener>();
  const meter = createSavingsMeter({
    record: async (it) => it.map(toFakeSavings),
    schedule: () => {},
  });
  const counts = { exactHits: 0, semanticHits: 0, misses: 0, stores: 0, wrongHits: 0, goodHits: 0 };

  /** Keys of semantic hits that await a report; one that was served twice is there twice. */
  const served: string[] = [];

  function takeServed(key: string): boolean {
    const at = served.indexOf(key);
    if (at >= 0) served.splice(at, 1);
    return at >= 0;
  }

  function report(detail: TraceDetail): void {
    const event = { at: now(), ...detail };
    trace.push(event);
    for (const listener of listeners) listener(event);
  }

  function find(request: PromptRequest): LookupResult {
    const key = toFakeKey(request);
    const scopeEntries = [...entries].filter(([other]) => isSameScope(other, key));
    const matched = entries.has(key)
      ? request.query
      : match(
          request.query,
          scopeEntries.map(([, entry]) => entry.request.query),
        );
    const found = scopeEntries.find(([, entry]) => entry.request.query === matched);
    if (found === undefined) return { kind: 'miss', reason: 'no-candidate', key, lookupMs: 0 };
    const [foundKey, entry] = found;
    return {
      kind: 'hit',
      tier: foundKey === key ? 'exact' : 'semantic',
      key: foundKey,
      response: entry.response,
      similarity: 1,
      risk: 0,
      matchedPrompt: entry.request.query,
      ageMs: now() - entry.at,
      lookupMs: 0,
    };
  }

  function countHit(key: string): void {
    const entry = entries.get(key);
    if (entry !== undefined) entries.set(key, { ...entry, hits: entry.hits + 1 });
  }

  const status = async () => ({ semantic: 'available', reason: 'fake' }) as const;
  return {
    trace,
    async lookup(request, { signal } = {}) {
      signal?.throwIfAborted();
      const found = find(request);
      const result = mode === 'shadow' ? toWithheld(request, found) : found;
      meter.countLookup(request, result, 0);
      if (result.kind === 'hit') {
        countHit(result.key);
        counts[result.tier === 'exact' ? 'exactHits' : 'semanticHits'] += 1;
        if (result.tier === 'semantic') served.push(result.key);
        const { kind: _kind, response: _response, ...why } = result;
        report({ type: 'cache-hit', ...why });
      } else {
        counts.misses += 1;
        const { kind: _kind, ...why } = result;
        report({ type: 'cache-miss', ...why });
      }
      return result;
    },
    async store(request, response) {
      const key = toFakeKey(request);
      entries.set(key, { request, response, at: now(), hits: 0 });
      counts.stores += 1;
      const bytes = response.text.length;
      report({ type: 'cache-store', key, bytes });
      return { stored: true, key, bytes };
    },
    async compare(first, second) {
      const served = first === second || match(second, [first]) === first;
      return { similarity: served ? 1 : 0, guards: [], risk: served ? 0 : 1, served };
    },
    async reportWrongHit(key) {
      counts.wrongHits += 1;
      meter.takeBack(key);
      report({ type: 'wrong-hit', key });
      takeServed(key);
      return entries.delete(key);
    },
    async reportGoodHit(key) {
      counts.goodHits += 1;
      report({ type: 'good-hit', key });
      return takeServed(key);
    },
    async clear(scope) {
      const doomed = [...entries].filter(
        ([, { request }]) => scope === undefined || request.scope === scope,
      );
      for (const [key] of doomed) entries.delete(key);
      report({ type: 'cache-clear', entries: doomed.length });
      return doomed.length;
    },
    ...createFakeEntryManager({ entries, report }),
    async stats() {
      await meter.flush();
      const saved = meter.session();
      const savedTokens = { prompt: 0, completion: 0 };
      return {
        ...counts,
        evictions: 0,
        savedTokens,
        savedMs: 0,
        entries: entries.size,
        bytes: 0,
        session: saved,
        scope: saved,
        total: saved,
      };
    },
    status,
    loadModel: status,
    async compress(text, options) {
      assertCompression(text, options);
      options.signal?.throwIfAborted();
      const kept = compress(text, options);
      if (kept === undefined) return toUnchanged(text);
      const result = toFakeResult(text, kept);
      const { text: _text, kept: _kept, ...counts } = result;
      report({ type: 'compress', ...counts });
      return options.explain === true ? { ...result, protected: [] } : result;
    },
    loadCompressor: status,
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    joinFlight: mode === 'shadow' ? leadAlone : createSingleFlight(),
    report(detail) {
      meter.countEvent(detail);
      report(detail);
    },
    close() {},
  };
}

/** Readable on purpose: scope first, query last. */
function toFakeKey({ scope, model, context, params, query }: PromptRequest): string {
  return JSON.stringify([scope ?? null, model, context, params, query]);
}

function isSameScope(a: string, b: string): boolean {
  const scopeOf = (key: string) => JSON.stringify((JSON.parse(key) as unknown[]).slice(0, 4)); // made by toFakeKey
  return scopeOf(a) === scopeOf(b);
}

function toWithheld(request: PromptRequest, result: LookupResult): LookupResult {
  if (result.kind === 'miss') return result;
  const { tier, similarity, risk, matchedPrompt, ageMs, lookupMs } = result;
  const nearest = { similarity, risk, matchedPrompt, ageMs };
  const key = toFakeKey(request);
  return { kind: 'miss', reason: 'shadow', detail: tier, key, nearest, lookupMs };
}

/** Tokens as the provider counted them; none are estimated, and no model has a price. */
function toFakeSavings({ known, call }: SavingsRecord): Savings {
  const savings = addSavings(noSavings, known);
  if (call === undefined) return savings;
  const { tokens } = call;
  return addSavings(savings, { ...('promptTokens' in tokens ? tokens : {}), unpricedCalls: 1 });
}

function toFakeResult(text: string, kept: CompressionResult['kept']): CompressionResult {
  const shortened = kept.map(([start, end]) => text.slice(start, end)).join('');
  const toTokens = ({ length }: string) => Math.ceil(length / 4);
  return {
    text: shortened,
    kept,
    originalTokens: toTokens(text),
    keptTokens: toTokens(shortened),
    milliseconds: 0,
  };
}
