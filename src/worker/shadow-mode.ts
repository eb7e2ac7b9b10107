import type { LookupResult, PromptComparison } from '../shared/decision.js';
import { toSkimpError } from '../shared/errors.js';
import type { SkimpError } from '../shared/errors.js';
import type { PromptRequest, StoredResponse } from '../shared/prompt-request.js';
import { addSavings, noSavings } from '../shared/savings.js';
import type { Savings, SparedCall } from '../shared/savings.js';
import type { ShadowComparison, ShadowStats } from '../shared/shadow.js';
import type { TraceDetail } from '../shared/trace.js';
import type { CacheHost, CacheParts } from './cache-host.js';
import type { Tally } from './cache/tally-store.js';
import type { Foreground } from './foreground.js';
import type { MeasuredCall } from './measure-call.js';
import { createQueue } from './queue.js';
import { createShadowLookups } from './shadow-lookups.js';
import type { Withheld } from './shadow-lookups.js';

/** Comparisons that wait, at most: a page that asks faster has some of its answers compared. */
const MAX_WAITING = 100;
const EXACT = 'shadow exact';
const SAVED = 'shadow saved';

export type ShadowModeOptions = {
  readonly host: Pick<CacheHost, 'use'>;
  /** What lookups must not wait for lets them pass. */
  readonly foreground: Pick<Foreground, 'settled'>;
  /** Tokens and money of a call. */
  readonly measure: (call: SparedCall) => Promise<MeasuredCall>;
  /** What the model makes of two texts. */
  readonly compare: (first: string, second: string) => Promise<PromptComparison>;
  readonly report: (detail: TraceDetail) => void;
  readonly onFailure: (error: SkimpError) => void;
};

/** A fresh answer, and the request that it answers. */
export type FreshAnswer = {
  readonly key: string;
  readonly request: PromptRequest;
  readonly response: StoredResponse;
};

/** Withholds hits, and compares what they would have served with what the model says. */
export interface ShadowMode {
  /** See `ShadowLookups`. */
  withhold(key: string, result: LookupResult): LookupResult;
  /** Compares in the background; returns at once. */
  compareWith(fresh: FreshAnswer): void;
  stats(): Promise<ShadowStats>;
}

export function createShadowMode(options: ShadowModeOptions): ShadowMode {
  const { host, foreground, measure, compare, report, onFailure } = options;
  const lookups = createShadowLookups();
  const queue = createQueue();
  let waiting = 0;

  async function readPair(first: string, second: string): Promise<PromptComparison> {
    await foreground.settled();
    return compare(first, second);
  }

  async function toComparison(
    { tier, wouldServe, candidate, answer }: Withheld,
    { key, request, response }: FreshAnswer,
  ): Promise<ShadowComparison | undefined> {
    const { similarity, matchedPrompt } = candidate;
    const earlier =
      answer ?? (await host.use((parts) => readAnswer(parts, request, matchedPrompt)));
    if (earlier === undefined) return undefined;
    const { compareAnswers } = await import('./compare-answers.js');
    const verdict = await compareAnswers(earlier, response.text, readPair);
    // The risk of what was refused is but a lower bound: the verifier may not have read the pair.
    const { risk } = wouldServe ? candidate : await readPair(matchedPrompt, request.query);
    return { key, tier, wouldServe, verdict, similarity, risk };
  }

  async function toSaving({ request, response }: FreshAnswer, spentMs: number): Promise<Savings> {
    const savedMs = response.latencyMs ?? 0;
    const measured = await measure({
      models: [response.model, request.model],
      tokens: response.usage ?? { request, answer: response.text },
    });
    const times = { savedMs, spentMs, netMs: savedMs - spentMs };
    return addSavings(addSavings(noSavings, measured), { callsAvoided: 1, ...times });
  }

  async function run(withheld: Withheld, fresh: FreshAnswer): Promise<void> {
    await foreground.settled();
    const comparison = await toComparison(withheld, fresh);
    if (comparison === undefined) return;
    const { toShadowChange } = await import('./shadow-counts.js');
    const saving = await toSaving(fresh, withheld.lookupMs);
    const { tier, counts, saved } = toShadowChange(comparison, saving);
    await host.use(async ({ store, cache }) => {
      const changes = new Map<string, Tally>([
        [tier === 'exact' ? EXACT : toSemanticId({ cache }), counts],
      ]);
      if (saved !== undefined) changes.set(SAVED, saved);
      await store.tallies.add(changes);
    });
    report({ type: 'shadow-compare', ...comparison });
  }

  return {
    withhold: lookups.withhold,
    compareWith(fresh) {
      const withheld = lookups.take(fresh.key);
      if (withheld === undefined || waiting >= MAX_WAITING) return;
      waiting += 1;
      queue
        .run(() => run(withheld, fresh))
        .catch((error: unknown) => onFailure(toSkimpError(error, 'internal')))
        .finally(() => {
          waiting -= 1;
        });
    },
    async stats() {
      const { toShadowStats } = await import('./shadow-counts.js');
      return host.use(async ({ store: { tallies }, cache }) =>
        toShadowStats({
          exact: await tallies.read(EXACT),
          semantic: await tallies.read(toSemanticId({ cache })),
          saved: await tallies.read(SAVED),
        }),
      );
    },
  };
}

/** Of the calibration and the error budget in use: under others the counts begin anew. */
function toSemanticId({ cache }: Pick<CacheParts, 'cache'>): string {
  const [threshold = 'none'] = cache.feedback().keys();
  return `shadow ${threshold}`;
}

async function readAnswer(
  { store, keyMaker }: CacheParts,
  request: PromptRequest,
  prompt: string,
): Promise<string | undefined> {
  const { key } = await keyMaker.toKeys({ ...request, query: prompt });
  return (await store.get(key))?.response.text;
}
