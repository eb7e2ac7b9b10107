import type { PromptComparison } from '../shared/decision.js';
import { parsePromptWords } from './cache/guards/prompt-words.js';
import { toSemanticReadiness } from './cache/guards/semantic-readiness.js';
import { isServable } from './cache/judge.js';
import { toPairFeatures } from './cache/pair-features.js';
import { quantizeVector, toSimilarity } from './cache/quantize.js';
import { toCanonicalText } from './cache/scope-key.js';
import { conclude } from './decide.js';
import type { DecisionParts } from './decide.js';
import type { SemanticModel } from './semantic-model.js';

/** A text's vector, or why there is none. */
type VectorOrReason = Float32Array | string;

/**
 * Judges two prompts as a lookup of `second` would with `first` in the cache, except that the
 * verifier reads them in any case: every feature is told, also of pairs that are refused without.
 */
export async function comparePrompts(
  { cache, model }: DecisionParts,
  first: string,
  second: string,
): Promise<PromptComparison> {
  if (toCanonicalText(first) === toCanonicalText(second)) {
    return { similarity: 1, guards: [], risk: 0, served: true, detail: 'the same text' };
  }
  const stored = await toVector(model, first);
  if (typeof stored === 'string') return toUnknown(stored);
  const query = await toVector(model, second);
  if (typeof query === 'string') return toUnknown(query);
  // As in a lookup: what is stored is quantized, what is asked is not.
  const similarity = toSimilarity(query, quantizeVector(stored));
  const words = [parsePromptWords(second), parsePromptWords(first)] as const;
  const features = toPairFeatures(...words, similarity);
  const judge = cache.judge();
  if (judge === undefined) return toUnknown('no calibration');
  const { guards } = features;
  const read = await model.verify([second, first]);
  if (read.kind !== 'logit' && read.kind !== 'no-verifier') {
    return { ...toUnknown(read.kind), similarity, guards };
  }
  const judgement = conclude(judge, judge.estimate(features), read);
  const { isVetoed, verifier } = judgement;
  const risk = isVetoed ? 1 : judgement.risk; // a rule that is certain leaves no chance
  const served = isServable(judgement);
  return { similarity, ...(verifier !== undefined && { verifier }), guards, risk, served };
}

async function toVector(
  model: Pick<SemanticModel, 'status' | 'embed'>,
  text: string,
): Promise<VectorOrReason> {
  const readiness = toSemanticReadiness(text);
  if (readiness !== 'ok') return readiness;
  const { semantic } = model.status();
  if (semantic !== 'available') return semantic;
  const embedding = await model.embed(text);
  return embedding.kind === 'vector' ? embedding.vector : embedding.kind;
}

function toUnknown(detail: string): PromptComparison {
  return { guards: [], risk: 1, served: false, detail };
}
