import type { GuardFinding } from './guard.js';
import type { StoredResponse } from './prompt-request.js';

/** The earlier prompt that a decision was about, and how sure skimp was. */
export type Candidate = {
  /** Cosine of the two embeddings, -1 to 1; 1 for an exact repeat. */
  readonly similarity: number;
  /**
   * `1 - P(same response)`, 0 to 1: lower is safer; 0 for an exact repeat. Without `verifier`, the
   * lowest that it could have been, had the verifier been asked. On an embedder of the app's: what
   * its calibration makes of the similarity, and 1 without one.
   */
  readonly risk: number;
  /**
   * What the verifier, which reads both prompts at once, makes of `P(same response)`, 0 to 1.
   * Absent when it did not read them: an exact repeat, a pair that it could not have saved, or
   * prompts that an embedder of the app's has read.
   */
  readonly verifier?: number;
  /** The earlier prompt, as its user wrote it. */
  readonly matchedPrompt: string;
  /** Time since its answer was stored, in milliseconds. */
  readonly ageMs: number;
};

/** An earlier response answers this prompt. */
export type CacheHit = Candidate & {
  readonly kind: 'hit';
  /** `exact`: the same text in the same scope. `semantic`: another text that the same answer fits. */
  readonly tier: 'exact' | 'semantic';
  /** Names the entry that answered; give it to `reportWrongHit`. */
  readonly key: string;
  readonly response: StoredResponse;
  /** Time the decision took in the worker, in milliseconds. */
  readonly lookupMs: number;
};

/**
 * Why there was no hit.
 *
 * - `no-candidate`: nothing stored in this scope.
 * - `risk`: the nearest prompt is too uncertain for the error budget.
 * - `guard`: the nearest prompt is close, and a rule says that its answer differs.
 * - `not-ready`: no exact repeat, and the models are not loaded (yet), failed, or would have begun
 *   after the deadline.
 * - `unsuitable`: no exact repeat, and the text has no meaning to compare: empty, code, JSON, no
 *   words, or longer than the model reads.
 * - `shadow`: there was a hit, which shadow mode withheld: `nearest` tells of it, `detail` its tier.
 * - `fallback`: the lookup failed or was too late; a `fallback` event says why.
 */
export type MissReason =
  'no-candidate' | 'risk' | 'guard' | 'not-ready' | 'unsuitable' | 'shadow' | 'fallback';

/** No earlier response may answer this prompt. */
export type CacheMiss = {
  readonly kind: 'miss';
  readonly reason: MissReason;
  /** What is behind the reason, for people: the kind of unsuitable text, the model's state. */
  readonly detail?: string;
  /** Names the entry that this prompt's answer will be stored under; absent after a fallback. */
  readonly key?: string;
  /** The most similar earlier prompt, when one was found, and a guard that spoke. */
  readonly nearest?: Candidate & { readonly guard?: GuardFinding };
  /** Time the decision took in the worker, in milliseconds. */
  readonly lookupMs: number;
};

export type LookupResult = CacheHit | CacheMiss;

/** What skimp thinks of two prompts, the cache left aside. */
export type PromptComparison = {
  /** Cosine of the two embeddings, -1 to 1; absent when there are none. */
  readonly similarity?: number;
  /** See {@link Candidate}; absent when the verifier did not read the pair. */
  readonly verifier?: number;
  /** Every rule that spoke, those with `veto` being the ones that refuse whatever the risk. */
  readonly guards: readonly GuardFinding[];
  /** `1 - P(same response)`, 0 to 1; 0 for the same text, 1 when a guard refuses or skimp cannot tell. */
  readonly risk: number;
  /** Whether an answer to the first would be served for the second, at the present threshold. */
  readonly served: boolean;
  /** Why skimp cannot tell, for people: the kind of unsuitable text, the model's state. */
  readonly detail?: string;
};

/** Whether an answer was kept, and if not, why. */
export type StoreResult =
  | { readonly stored: true; readonly key: string; readonly bytes: number }
  | { readonly stored: false; readonly reason: string };
