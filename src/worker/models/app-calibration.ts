import type { EmbedderCalibration } from '../../shared/app-embedder.js';
import { guardNames } from '../../shared/guard.js';
import type { LoadedModels } from './load-models.js';

type Calibration = LoadedModels['calibration'];

/** A logit so low that the risk is 1, which is never served. */
const HOPELESS = -100;
/** Logits of risk in one unit of cosine: a report of a wrong hit moves the threshold by some 0.025. */
const LOGITS_PER_COSINE = 40;

/** Nothing is known of the embedder: candidates are found, and none is served. */
const uncalibrated: Calibration = { bias: HOPELESS, weights: {}, maxRiskByErrorRate: {} };

/**
 * The risk by similarity alone: a logistic curve on which the strictest point that the app gives
 * has the risk that is its share of wrong hits. There is no verifier to overrule a guard, so what
 * any guard objects to has a risk of 1.
 */
export function toCalibration(given: EmbedderCalibration | undefined): Calibration {
  const points = given === undefined ? [] : toPoints(given);
  const [strictest] = points;
  if (strictest === undefined) return uncalibrated;
  const { errorRate, minSimilarity } = strictest;
  const bias = Math.log(1 / errorRate - 1) - LOGITS_PER_COSINE * minSimilarity;
  const toRisk = (similarity: number) => 1 / (1 + Math.exp(bias + LOGITS_PER_COSINE * similarity));
  return {
    bias,
    weights: {
      similarity: LOGITS_PER_COSINE,
      ...Object.fromEntries(guardNames.map((name) => [`guard:${name}`, HOPELESS])),
    },
    maxRiskByErrorRate: Object.fromEntries(
      points.map((point) => [String(point.errorRate), toRisk(point.minSimilarity)]),
    ),
  };
}

/** What is wrong with a calibration, for people; `undefined` when nothing is. */
export function findCalibrationProblem(given: unknown): string | undefined {
  const table: unknown = Reflect.get(Object(given), 'minSimilarityByErrorRate');
  if (typeof table !== 'object' || table === null) {
    return 'calibration needs minSimilarityByErrorRate';
  }
  const points = toPoints({ minSimilarityByErrorRate: { ...table } });
  const isIn = (value: unknown, max: number) => Number(value) > 0 && Number(value) <= max;
  const wrong = points.find(
    ({ errorRate, minSimilarity }) =>
      !isIn(errorRate, 0.5) || !isIn(minSimilarity, 1) || typeof minSimilarity !== 'number',
  );
  if (wrong !== undefined) {
    const { errorRate, minSimilarity } = wrong;
    return `calibration: error rates go from above 0 to 0.5 and similarities to 1, got ${errorRate}: ${minSimilarity}`;
  }
  const falls = points.every(
    ({ minSimilarity }, at) => minSimilarity <= (points[at - 1]?.minSimilarity ?? 1),
  );
  return falls ? undefined : 'calibration: a stricter error rate needs as high a similarity';
}

type Point = { readonly errorRate: number; readonly minSimilarity: number };

/** The strictest first. */
function toPoints({ minSimilarityByErrorRate }: EmbedderCalibration): readonly Point[] {
  return Object.entries(minSimilarityByErrorRate)
    .map(([errorRate, minSimilarity]) => ({ errorRate: Number(errorRate), minSimilarity }))
    .toSorted((a, b) => a.errorRate - b.errorRate);
}
