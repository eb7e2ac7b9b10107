import type { GuardName } from '../../../shared/guard.js';
import type { PromptWords } from './prompt-words.js';

/** One rule that refuses to reuse an answer across two prompts: pure, and symmetric in both. */
export interface Guard {
  readonly name: GuardName;
  /** What differs, for people (`5 gb / 5 mb`), or `undefined` when the rule has no objection. */
  check(a: PromptWords, b: PromptWords): string | undefined;
}
