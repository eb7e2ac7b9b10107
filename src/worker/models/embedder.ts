import { SkimpError } from '../../shared/errors.js';
import type { ModelSession } from './session.js';
import { MAX_TOKEN_LENGTH } from './tokenizer.js';
import type { Tokenizer } from './tokenizer.js';

/** A text's unit vector, or why it has none. */
export type Embedding =
  | { readonly kind: 'vector'; readonly vector: Float32Array }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'unreadable' };

/** Text -> unit vector. Call one `embed` at a time. */
export interface Embedder {
  /** Changes with weights and number format: vectors of two fingerprints do not compare. */
  readonly fingerprint: string;
  readonly dims: number;
  /**
   * A text longer than the model reads has no vector, because two that are cut embed alike; nor has
   * one with pieces that the vocabulary lacks, because they all look the same.
   *
   * @throws {@link SkimpError} `inference-failed` when the result is not a finite unit vector.
   */
  embed(text: string): Promise<Embedding>;
}

export type EmbedderParts = {
  readonly session: ModelSession;
  readonly tokenizer: Tokenizer;
  readonly fingerprint: string;
  readonly dims: number;
  /** Special tokens included. */
  readonly maxTokens: number;
};

export function createEmbedder(parts: EmbedderParts): Embedder {
  const { session, tokenizer, fingerprint, dims, maxTokens } = parts;
  return {
    fingerprint,
    dims,
    async embed(text) {
      if (text.length > maxTokens * MAX_TOKEN_LENGTH) return { kind: 'too-long' };
      const { ids, unknownCount } = tokenizer.encode(text);
      if (ids.length > maxTokens) return { kind: 'too-long' };
      if (unknownCount > 0) return { kind: 'unreadable' };
      const vector = meanPool(await session.run({ ids }), dims);
      normalize(vector);
      return { kind: 'vector', vector };
    },
  };
}

/**
 * Mean over tokens; every token counts, as there is no padding.
 *
 * @param states - (tokens, dims), row by row.
 */
function meanPool(states: Float32Array, dims: number): Float32Array {
  const tokens = states.length / dims;
  const mean = new Float32Array(dims);
  for (let token = 0; token < tokens; token += 1) {
    for (let dim = 0; dim < dims; dim += 1) mean[dim]! += states[token * dims + dim]! / tokens;
  }
  return mean;
}

/**
 * Scales to length 1, in place.
 *
 * @throws {@link SkimpError} `inference-failed` for what has no finite length, or none.
 */
export function normalize(vector: Float32Array): void {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const norm = Math.sqrt(squares);
  // Not a number, infinite or zero: a broken GPU gives these without an error.
  if (!(norm > 0 && norm < Infinity)) {
    throw new SkimpError('inference-failed', `the embedding has length ${norm}`);
  }
  for (let dim = 0; dim < vector.length; dim += 1) vector[dim]! /= norm;
}
