import { type Exchange, savingsOf, toCandidate } from '../exchange.js';
import { noSavings, type Savings, toTokens } from '../savings.js';

/** Where an answer came from. */
export type Source = 'exact' | 'semantic' | 'model';

/** One answer, as far as charts are concerned. */
export type Answered = {
  /** In order, from 1. */
  readonly number: number;
  readonly question: string;
  readonly source: Source;
  readonly elapsedMs: number;
  readonly endedAtMs: number;
  readonly savings: Savings;
};

/** The answers that ended well; what was only looked up is none. */
export function toAnswers(exchanges: readonly Exchange[]): readonly Answered[] {
  return exchanges
    .filter(({ kind, phase, outcome }) => kind === 'ask' && phase === 'done' && outcome)
    .map((exchange, index) => {
      const { question, outcome, elapsedMs = 0, endedAtMs = 0, isWrong } = exchange;
      const source = outcome?.kind === 'hit' ? outcome.hit.tier : 'model';
      const savings = isWrong ? noSavings : savingsOf(exchange);
      return { number: index + 1, question, source, elapsedMs, endedAtMs, savings };
    });
}

/** The middle of the values; `undefined` when there are none. */
export function toMedian(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** What had been saved when an answer ended. */
export type SavedSoFar = {
  /** Since the first question was sent. */
  readonly seconds: number;
  readonly tokens: number;
  readonly savedSeconds: number;
};

/** Begins with nothing at 0 seconds; empty when there are no answers. */
export function toSavingsOverTime(answers: readonly Answered[]): readonly SavedSoFar[] {
  const [first] = answers;
  if (first === undefined) return [];
  const startedAtMs = first.endedAtMs - first.elapsedMs;
  let saved = { seconds: 0, tokens: 0, savedSeconds: 0 };
  const points = [saved];
  for (const { endedAtMs, savings } of answers) {
    saved = {
      seconds: (endedAtMs - startedAtMs) / 1_000,
      tokens: saved.tokens + toTokens(savings),
      savedSeconds: saved.savedSeconds + savings.ms / 1_000,
    };
    points.push(saved);
  }
  return points;
}

/** A decision about a prompt of another wording. */
export type Judged = {
  readonly similarity: number;
  readonly risk: number;
  readonly isServed: boolean;
};

/** The decisions in which skimp compared two wordings; exact repeats are none. */
export function toJudged(exchanges: readonly Exchange[]): readonly Judged[] {
  return exchanges.flatMap(({ outcome }) => {
    const candidate = outcome && toCandidate(outcome);
    const isExact = outcome?.kind === 'hit' && outcome.hit.tier === 'exact';
    if (candidate === undefined || isExact) return [];
    const { similarity, risk } = candidate;
    // A rule that is certain refuses whatever the risk: on the scale of risks it stands at the end.
    const isVetoed = outcome?.kind === 'miss' && outcome.miss.reason === 'guard';
    return { similarity, risk: isVetoed ? 1 : risk, isServed: outcome?.kind === 'hit' };
  });
}

/** Decisions whose value lies in `[from, to)`; the last bin takes in its end. */
export type Bin = {
  readonly from: number;
  readonly to: number;
  readonly served: number;
  readonly refused: number;
};

export type BinOptions = {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly value: (judged: Judged) => number;
};

/** Counts by value; what lies beyond the ends is counted at them. */
export function toBins(
  judged: readonly Judged[],
  { from, to, count, value }: BinOptions,
): readonly Bin[] {
  const width = (to - from) / count;
  const indexes = judged.map((one) => {
    const index = Math.floor((value(one) - from) / width + 1e-9); // 0.7 / 0.1 is below 7
    return Math.min(count - 1, Math.max(0, index));
  });
  return Array.from({ length: count }, (_, bin) => {
    const here = judged.filter((_one, at) => indexes[at] === bin);
    const served = here.filter(({ isServed }) => isServed).length;
    return {
      from: from + bin * width,
      to: from + (bin + 1) * width,
      served,
      refused: here.length - served,
    };
  });
}
