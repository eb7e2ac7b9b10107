import { SkimpError } from '../../shared/errors.js';
import type { ModelSession, TokenInput } from './session.js';

/** Tokens -> a logit for each. Call one `classify` at a time. */
export interface TokenClassifier {
  /**
   * @returns the logit of being kept of each token, special ones too.
   * @throws {@link SkimpError} `inference-failed` when the result is not one finite number a token.
   */
  classify(input: TokenInput): Promise<Float32Array>;
}

/** @param session - Its output is the logits, shape (1, tokens). */
export function createTokenClassifier(session: ModelSession): TokenClassifier {
  return {
    async classify(input) {
      const logits = await session.run(input);
      // A broken GPU gives what is no number, without an error.
      if (logits.length === input.ids.length && logits.every(Number.isFinite)) return logits;
      throw new SkimpError(
        'inference-failed',
        `the compressor gave ${logits.length} values for ${input.ids.length} tokens, or not finite ones`,
      );
    },
  };
}
