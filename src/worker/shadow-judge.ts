import type { PromptComparison } from '../shared/decision.js';
import type { PromptRequest, StoredResponse } from '../shared/prompt-request.js';
import { addSavings, noSavings } from '../shared/savings.js';
import type { Savings, SparedCall } from '../shared/savings.js';
import type { ShadowComparison, ShadowStats } from '../shared/shadow.js';
import type { TraceDetail } from '../shared/trace.js';
import type { CacheHost, CacheParts } from './cache-host.js';
import type { Tally } from './cache/tally-store.js';
import { compareAnswers } from './compare-answers.js';
import type { Foreground } from './foreground.js';
import type { MeasuredCall } from './measure-call.js';
import { toShadowChange, toShadowStats } from './shadow-counts.js';
import type { Withheld } from './shadow-lookups.js';

const EXACT = 'shadow exact';
const SAVED = 'shadow saved';

export type ShadowJudgeOptions = {
  readonly host: Pick<CacheHost, 'use'>;
  /** What lookups must not wait for lets them pass. */
  readonly foreground: Pick<Foreground, 'settled'>;
  /** Tokens and money of a call. */
  readonly measure: (call: SparedCall) => Promise<MeasuredCall>;
  /** What the model makes of two texts. */
  readonly compare: (first: string, second: string) => Promise<PromptComparison>;
  readonly report: (detail: TraceDetail) => void;
};

/** A fresh answer, and the request that it answers. */
export type FreshAnswer = {
  readonly key: string;
  readonly request: PromptRequest;
  readonly response: StoredResponse;
};

/** Compares what a withheld hit would have served with the fresh answer, and keeps count. */
export interface ShadowJudge {
  judge(withheld: Withheld, fresh: FreshAnswer): Promise<void>;
  stats(): Promise<ShadowStats>;
}

export function createShadowJudge(options: ShadowJudgeOptions): ShadowJudge {
  const { host, foreground, measure, compare, report } = options;

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

  async function judge(withheld: Withheld, fresh: FreshAnswer): Promise<void> {
    await foreground.settled();
    const comparison = await toComparison(withheld, fresh);
    if (comparison === undefined) return;
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
    judge,
    stats: () =>
      host.use(async ({ store: { tallies }, cache }) =>
        toShadowStats({
          exact: await tallies.read(EXACT),
          semantic: await tallies.read(toSemanticId({ cache })),
          saved: await tallies.read(SAVED),
        }),
      ),
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
