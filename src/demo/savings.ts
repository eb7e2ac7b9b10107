import type { CacheHit } from '../shared/decision.js';

/** US dollars per million tokens. */
export type Prices = { readonly inputPerMillion: number; readonly outputPerMillion: number };

/** What one answer from the cache spared. */
export type Savings = {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly ms: number;
};

/** One answer, as far as totals are concerned. */
export type Tally = {
  readonly source: 'exact' | 'semantic' | 'model';
  readonly savings: Savings;
  /** The user called the answer wrong: it spared nothing. */
  readonly isWrong: boolean;
};

export type Totals = Savings & {
  readonly exactHits: number;
  readonly semanticHits: number;
  readonly modelAnswers: number;
  readonly wrongHits: number;
};

export const noSavings: Savings = { promptTokens: 0, completionTokens: 0, ms: 0 };

export const noTotals: Totals = {
  ...noSavings,
  exactHits: 0,
  semanticHits: 0,
  modelAnswers: 0,
  wrongHits: 0,
};

/**
 * What a hit spared: the tokens that the provider counted at first, and the time it took then less
 * the time it took now. Unknown counts are 0 rather than a guess.
 */
export function toSavings({ response }: CacheHit, elapsedMs: number): Savings {
  return {
    promptTokens: response.usage?.promptTokens ?? 0,
    completionTokens: response.usage?.completionTokens ?? 0,
    ms: Math.max(0, (response.latencyMs ?? 0) - elapsedMs),
  };
}

/** Adds one answer to the totals. */
export function addTally(totals: Totals, { source, savings, isWrong }: Tally): Totals {
  const spared = isWrong ? noSavings : savings;
  return {
    promptTokens: totals.promptTokens + spared.promptTokens,
    completionTokens: totals.completionTokens + spared.completionTokens,
    ms: totals.ms + spared.ms,
    exactHits: totals.exactHits + Number(source === 'exact'),
    semanticHits: totals.semanticHits + Number(source === 'semantic'),
    modelAnswers: totals.modelAnswers + Number(source === 'model'),
    wrongHits: totals.wrongHits + Number(isWrong),
  };
}

/** Share of the answers that came from the cache, 0 to 1; 0 before the first. */
export function toHitRate({ exactHits, semanticHits, modelAnswers }: Totals): number {
  const hits = exactHits + semanticHits;
  return hits === 0 ? 0 : hits / (hits + modelAnswers);
}

export function toTokens({ promptTokens, completionTokens }: Savings): number {
  return promptTokens + completionTokens;
}

/** In US dollars. */
export function toMoney(
  { promptTokens, completionTokens }: Savings,
  { inputPerMillion, outputPerMillion }: Prices,
): number {
  return (promptTokens * inputPerMillion + completionTokens * outputPerMillion) / 1_000_000;
}
