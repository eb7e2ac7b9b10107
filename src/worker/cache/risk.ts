import type { RiskWeightName } from '../../shared/risk-weight.js';
import type { PairFeatures } from './pair-features.js';

/**
 * The part of a model's calibration that turns features into a risk:
 * `logit P(same response) = bias + sum of weight * feature`.
 */
export type RiskModel = {
  readonly bias: number;
  /** By feature; an absent weight counts 0. */
  readonly weights: Readonly<Partial<Record<RiskWeightName, number>>>;
  /** Highest risk to serve, 0 to 1, by the share of wrong hits that it keeps to. */
  readonly maxRiskByErrorRate: Readonly<Record<string, number>>;
};

/** Logits of the verifier count up to here: past it they say more than they know. */
const MAX_VERIFIER_LOGIT = 8;

/**
 * `1 - P(same response)` by the calibrated logistic model over all features.
 *
 * @param verifierLogit - What the verifier said; counts from -8 to 8.
 * @returns 0 to 1, lower is safer; 1 when a feature is no number.
 */
export function toRisk(
  features: PairFeatures,
  verifierLogit: number,
  { bias, weights }: RiskModel,
): number {
  const { similarity, length, lengthGap, guards } = features;
  const clamped = Math.max(-MAX_VERIFIER_LOGIT, Math.min(MAX_VERIFIER_LOGIT, verifierLogit));
  let logit = bias;
  logit += (weights.similarity ?? 0) * similarity + (weights.verifier ?? 0) * clamped;
  logit += (weights.length ?? 0) * length + (weights.lengthGap ?? 0) * lengthGap;
  for (const { guard } of guards) logit += weights[`guard:${guard}`] ?? 0;
  return Number.isNaN(logit) ? 1 : 1 / (1 + Math.exp(logit));
}

/** The risk that is left if the verifier says its best: a pair above the threshold is hopeless. */
export function toLowestRisk(features: PairFeatures, riskModel: RiskModel): number {
  const best = (riskModel.weights.verifier ?? 0) < 0 ? -MAX_VERIFIER_LOGIT : MAX_VERIFIER_LOGIT;
  return toRisk(features, best, riskModel);
}

/**
 * The highest risk to serve, so that at most `maxErrorRate` of the hits are wrong: that of the
 * greatest calibrated rate that is not above it; 0, which nothing meets, below the lowest.
 */
export function toMaxRisk(maxErrorRate: number, { maxRiskByErrorRate }: RiskModel): number {
  const rates = Object.keys(maxRiskByErrorRate).map(Number);
  const rate = Math.max(...rates.filter((known) => known <= maxErrorRate));
  const [, maxRisk = 0] =
    Object.entries(maxRiskByErrorRate).find(([known]) => Number(known) === rate) ?? [];
  return maxRisk;
}

/** What to tell when an error budget lets no semantic hit through; `undefined` when it does. */
export function toBudgetWarning(maxErrorRate: number, riskModel: RiskModel): string | undefined {
  if (toMaxRisk(maxErrorRate, riskModel) > 0) return undefined;
  if (Object.keys(riskModel.maxRiskByErrorRate).length === 0) {
    return 'only exact repeats are served: this embedder has no calibration';
  }
  const servedRates = Object.entries(riskModel.maxRiskByErrorRate)
    .filter(([, maxRisk]) => maxRisk > 0)
    .map(([rate]) => Number(rate));
  const lowest = servedRates.length > 0 ? `from ${Math.min(...servedRates)} on` : 'at no rate';
  return `at maxErrorRate ${maxErrorRate} only exact repeats are served: this model is calibrated for other wordings ${lowest}`;
}
