import type { GuardFinding } from '../../shared/guard.js';
import { findGuards } from './guards/check-guards.js';
import type { PromptWords } from './guards/prompt-words.js';

/** What is known of two prompts before the verifier reads them. The same in both orders. */
export type PairFeatures = {
  /** Cosine of the embeddings, -1 to 1. */
  readonly similarity: number;
  /** `ln(1 + words)` of the longer prompt. */
  readonly length: number;
  /** `|ln((1 + words) / (1 + other words))|`: 0 for prompts of equally many words. */
  readonly lengthGap: number;
  /** Every guard that spoke. */
  readonly guards: readonly GuardFinding[];
};

/** @param similarity - Cosine of the two embeddings. */
export function toPairFeatures(a: PromptWords, b: PromptWords, similarity: number): PairFeatures {
  const [short, long] = [a.words.length, b.words.length].toSorted((x, y) => x - y);
  const [shortLog, longLog] = [Math.log1p(short ?? 0), Math.log1p(long ?? 0)];
  return { similarity, length: longLog, lengthGap: longLog - shortLog, guards: findGuards(a, b) };
}
