import type { TextUnits } from './text-units.js';

/** How a word's own logit, its phrase's mean and its sentence's mean make its score. */
export type SelectionWeights = {
  readonly word: number;
  readonly phrase: number;
  readonly sentence: number;
};

/**
 * Turns the logits of words into the scores by which they are kept. A label is wanted as much as the
 * best word of what it labels: a turn of which something is kept says who spoke.
 *
 * @param logits - One a word.
 * @returns one score a word; the higher, the more it is wanted.
 */
export function scoreWords(
  logits: Float32Array,
  { phrases, sentences, turns }: TextUnits,
  weights: SelectionWeights,
): Float64Array {
  const scores = Float64Array.from(logits, (logit) => weights.word * logit);
  addGroupMeans(scores, logits, { starts: phrases, weight: weights.phrase });
  addGroupMeans(scores, logits, { starts: sentences, weight: weights.sentence });
  for (const { label, first, last } of turns) {
    scores.fill(
      scores.subarray(first, last).reduce((a, b) => Math.max(a, b)),
      label,
      first,
    );
  }
  return scores;
}

type Groups = {
  /** First word of each group. */
  readonly starts: readonly number[];
  readonly weight: number;
};

/** Adds to each word's score the weighted mean logit of its group. */
function addGroupMeans(
  scores: Float64Array,
  logits: Float32Array,
  { starts, weight }: Groups,
): void {
  for (const [group, first] of starts.entries()) {
    const last = starts[group + 1] ?? logits.length;
    let sum = 0;
    for (let word = first; word < last; word += 1) sum += logits[word]!;
    const mean = sum / (last - first);
    for (let word = first; word < last; word += 1) scores[word]! += weight * mean;
  }
}
