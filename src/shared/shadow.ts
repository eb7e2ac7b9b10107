import type { Candidate } from './decision.js';
import type { Savings } from './savings.js';

/**
 * What the optimizer does with hits: `serve` answers with them, `shadow` withholds them, so that
 * every request goes to the model, and compares the stored answer with the fresh one.
 */
export const optimizerModes = ['serve', 'shadow'] as const;

/** See {@link optimizerModes}. */
export type OptimizerMode = (typeof optimizerModes)[number];

/** Whether two answers say the same; `undecided` where skimp cannot tell. */
export type ShadowVerdict = 'agree' | 'differ' | 'undecided';

/** An earlier answer, and the fresh one of the model. */
export type ShadowComparison = Pick<Candidate, 'similarity' | 'risk'> & {
  /** Names the entry of the fresh answer. */
  readonly key: string;
  /** How the earlier prompt was found: the same text, or another wording. */
  readonly tier: 'exact' | 'semantic';
  /** Whether it would have been served; a prompt that a guard or the risk refused is compared, too. */
  readonly wouldServe: boolean;
  readonly verdict: ShadowVerdict;
};

/** How comparisons came out. */
export type ShadowCounts = {
  readonly compared: number;
  readonly agreed: number;
  readonly differed: number;
  readonly undecided: number;
  /**
   * `differed / (agreed + differed)`, 0 to 1, with the two-sided 95 % interval of Clopper and
   * Pearson; absent before the first comparison that was decided.
   */
  readonly wrongHitRate?: { readonly rate: number; readonly low: number; readonly high: number };
};

/**
 * What shadow mode has measured in this database, in all scopes. The counts at the top are those of
 * other wordings that would have been served, at the present calibration and error budget.
 */
export type ShadowStats = ShadowCounts & {
  /**
   * Exact repeats: where these differ, the model answers the same prompt in two ways, or skimp
   * compares wrongly. Other wordings cannot be expected to do better.
   */
  readonly exact: ShadowCounts;
  /**
   * Earlier prompts of another wording by their risk, whether they would have been served or not:
   * each part holds those above the `maxRisk` before it, up to its own.
   */
  readonly byRisk: readonly (ShadowCounts & { readonly maxRisk: number })[];
  /** By all hits that were withheld, but those of other wordings whose answers differed. */
  readonly wouldHaveSaved: Savings;
};
