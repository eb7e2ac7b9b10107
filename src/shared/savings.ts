import type { PromptRequest, TokenUsage } from './prompt-request.js';

/** List price of a model, in US dollars per million tokens. */
export type ModelPrice = {
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
};

/** Prices by the model's name, as requests or answers name it. */
export type Prices = Readonly<Record<string, ModelPrice>>;

/**
 * What skimp saved, and what that cost in time: sums over calls, each counted when it was served or
 * sent. A hit that is reported wrong takes its saving back; the time spent on it stays spent.
 */
export type Savings = {
  /** Hits: requests that did not go to the model, less those that were reported wrong. */
  readonly callsAvoided: number;
  /** Hits that were reported wrong. */
  readonly wrongHits: number;
  /** Requests that went out with fewer tokens. */
  readonly shortenedCalls: number;
  /** Tokens that were not sent: those of avoided calls, and what shortened ones lost. */
  readonly promptTokens: number;
  /** Tokens that were not generated. */
  readonly completionTokens: number;
  /** Of the avoided calls, those whose tokens skimp counted, because no provider had. */
  readonly estimatedCalls: number;
  /**
   * Money for these tokens in US dollars, at the list price of the day they were saved: another
   * price table changes nothing of it. Discounts (a provider's prefix cache, batches) are not
   * looked at.
   */
  readonly usd: number;
  /** Avoided and shortened calls to models without a known price: their tokens are not in `usd`. */
  readonly unpricedCalls: number;
  /** Time that the model took for the avoided calls when it answered them, in milliseconds. */
  readonly savedMs: number;
  /** Time that requests waited for lookups, hits or not, and for being shortened, in milliseconds. */
  readonly spentMs: number;
  /** `savedMs - spentMs`; negative where skimp cost more time than it saved. */
  readonly netMs: number;
};

export const noSavings: Savings = {
  callsAvoided: 0,
  wrongHits: 0,
  shortenedCalls: 0,
  promptTokens: 0,
  completionTokens: 0,
  estimatedCalls: 0,
  usd: 0,
  unpricedCalls: 0,
  savedMs: 0,
  spentMs: 0,
  netMs: 0,
};

/** A call that was avoided or shortened, with what its tokens and its price can be told from. */
export type SparedCall = {
  /** Names of the model, the most telling first. */
  readonly models: readonly string[];
  /** Tokens spared: as the provider counted them, or the texts to count them in. */
  readonly tokens: TokenUsage | { readonly request: PromptRequest; readonly answer: string };
};

/** One thing that the meter is to add. */
export type SavingsRecord = {
  /** The app's scope. @default the optimizer's */
  readonly scope: string | undefined;
  /** What the page knows. */
  readonly known: Partial<Savings>;
  /** Whose tokens and money the worker adds to it. */
  readonly call?: SparedCall;
};

export function addSavings(a: Savings, b: Partial<Savings>): Savings {
  return mapSavings((key) => a[key] + (b[key] ?? 0));
}

/** What takes `savings` back. */
export function negateSavings(savings: Savings): Savings {
  return mapSavings((key) => -savings[key]);
}

/** Sums that were stored: what is no number counts 0. */
export function toSavings(stored: Readonly<Record<string, unknown>>): Savings {
  return mapSavings((key) => {
    const value = stored[key];
    return typeof value === 'number' && Number.isFinite(value) ? value : 0;
  });
}

function mapSavings(toValue: (key: keyof Savings) => number): Savings {
  const savings: Record<keyof Savings, number> = { ...noSavings };
  for (const key of Object.keys(savings) as (keyof Savings)[]) savings[key] = toValue(key); // its own keys
  return savings;
}
