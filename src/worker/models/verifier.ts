import { SkimpError } from '../../shared/errors.js';
import type { ModelSession } from './session.js';
import { MAX_TOKEN_LENGTH } from './tokenizer.js';
import type { Tokenizer } from './tokenizer.js';

/** What came of reading two texts at once. */
export type Verification =
  /** `logit` of P(same response), as the model says it: finite, not calibrated. */
  | { readonly kind: 'logit'; readonly logit: number }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'unreadable' };

/** Two texts -> how surely one response fits both. Call one `verify` at a time. */
export interface Verifier {
  /**
   * Symmetric: the two are put into a fixed order first. A pair longer than the model reads is not
   * cut, and one with pieces that the vocabulary lacks is not read.
   *
   * @throws {@link SkimpError} `inference-failed` when the result is not one finite number.
   */
  verify(a: string, b: string): Promise<Verification>;
}

export type VerifierParts = {
  /** Its output is the logit, shape (1). */
  readonly session: ModelSession;
  readonly tokenizer: Tokenizer;
  /** Of a pair, special tokens included. */
  readonly maxTokens: number;
};

export function createVerifier({ session, tokenizer, maxTokens }: VerifierParts): Verifier {
  return {
    async verify(a, b) {
      if (a.length + b.length > maxTokens * MAX_TOKEN_LENGTH) return { kind: 'too-long' };
      const { ids, types, unknownCount } = tokenizer.encodePair(...toFixedOrder(a, b));
      if (ids.length > maxTokens) return { kind: 'too-long' };
      if (unknownCount > 0) return { kind: 'unreadable' };
      const [logit = Number.NaN, ...rest] = await session.run({ ids, types });
      if (Number.isFinite(logit) && rest.length === 0) return { kind: 'logit', logit };
      throw new SkimpError(
        'inference-failed',
        `the verifier gave ${logit} and ${rest.length} more values`,
      );
    },
  };
}

/** The shorter text first, in UTF-16 code units; of equally long ones the lower: as in training. */
function toFixedOrder(a: string, b: string): [string, string] {
  const isInOrder = a.length === b.length ? a < b : a.length < b.length;
  return isInOrder ? [a, b] : [b, a];
}
