import type { LookupResult } from '../shared/decision.js';
import type { OptimizerStats, SavingsStats, StoreUsage } from '../shared/status.js';

/** Counts what skimp did since the optimizer was created; survives the worker. */
export interface SessionCounts {
  countLookup(result: LookupResult): void;
  countStore(): void;
  countEviction(entries: number): void;
  countWrongHit(): void;
  countGoodHit(): void;
  read(): Omit<OptimizerStats, keyof (StoreUsage & SavingsStats)>;
}

export function createSessionCounts(): SessionCounts {
  const counts = {
    exactHits: 0,
    semanticHits: 0,
    misses: 0,
    stores: 0,
    evictions: 0,
    wrongHits: 0,
    goodHits: 0,
  };
  const saved = { prompt: 0, completion: 0, ms: 0 };
  return {
    countLookup(result) {
      if (result.kind === 'miss') {
        counts.misses += 1;
        return;
      }
      const { tier, lookupMs, response } = result;
      counts[tier === 'exact' ? 'exactHits' : 'semanticHits'] += 1;
      saved.prompt += response.usage?.promptTokens ?? 0;
      saved.completion += response.usage?.completionTokens ?? 0;
      saved.ms += Math.max(0, (response.latencyMs ?? 0) - lookupMs);
    },
    countStore() {
      counts.stores += 1;
    },
    countEviction(entries) {
      counts.evictions += entries;
    },
    countWrongHit() {
      counts.wrongHits += 1;
    },
    countGoodHit() {
      counts.goodHits += 1;
    },
    read: () => ({
      ...counts,
      savedTokens: { prompt: saved.prompt, completion: saved.completion },
      savedMs: saved.ms,
    }),
  };
}
