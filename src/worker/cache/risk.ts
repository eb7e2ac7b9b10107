/** The part of a model's calibration that turns a cosine into a risk. */
export type RiskModel = {
  readonly lambda: number;
  readonly c: number;
  readonly maxRiskByErrorRate: Readonly<Record<string, number>>;
};

/**
 * `1 - P(same response)` with `P = sigmoid(cos / lambda - c)` (arXiv 2402.01173, section 3).
 *
 * @param similarity - Cosine, -1 to 1.
 * @returns 0 to 1, lower is safer; 1 for a similarity that is no number.
 */
export function toRisk(similarity: number, { lambda, c }: RiskModel): number {
  if (Number.isNaN(similarity)) return 1;
  return 1 / (1 + Math.exp(similarity / lambda - c));
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
  const servedRates = Object.entries(riskModel.maxRiskByErrorRate)
    .filter(([, maxRisk]) => maxRisk > 0)
    .map(([rate]) => Number(rate));
  const lowest = servedRates.length > 0 ? `from ${Math.min(...servedRates)} on` : 'at no rate';
  return `at maxErrorRate ${maxErrorRate} only exact repeats are served: this model is calibrated for other wordings ${lowest}`;
}
