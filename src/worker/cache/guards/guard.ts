import type { GuardName } from '../../../shared/guard.js';
import type { PromptWords } from './prompt-words.js';

/** For {@link Difference.certainFrom}: a difference that is never certain. */
export const never = 2;

/** What one rule found to differ between two prompts. */
export type Difference = {
  /** For people: `5 gb / 5 mb`. */
  readonly detail: string;
  /** Stems of the words that make the difference, of both prompts. */
  readonly stems: Iterable<string>;
  /**
   * How much the prompts must agree in their other words for the difference to be certain, 0 to 1.
   * {@link never} for one that only raises the risk.
   */
  readonly certainFrom: number;
};

/** One rule that objects to reusing an answer across two prompts: pure, and symmetric in both. */
export interface Guard {
  readonly name: GuardName;
  /** What differs, or `undefined` when the rule has no objection. */
  check(a: PromptWords, b: PromptWords): Difference | undefined;
}
