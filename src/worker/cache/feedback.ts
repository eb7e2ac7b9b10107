/** What the app's users said of a semantic hit. */
export type Verdict = 'good' | 'wrong';

/** What the reports under one calibration and one error budget have come to. */
export type Feedback = {
  /** How far the threshold lies below the calibrated one, in logits of risk; 0 or more. */
  readonly lowered: number;
  readonly goodReports: number;
  readonly wrongReports: number;
};

export const noFeedback: Feedback = { lowered: 0, goodReports: 0, wrongReports: 0 };

/**
 * How far a wrong report lowers the threshold, in logits of risk, less the share that is allowed
 * for. At 1 the odds of an error must be 2.7 times better afterwards: a few reports suffice to shut
 * out what a miscalibrated model serves, and a single mistaken one costs but a part of the hits.
 */
const STEP = 1;
/** Lowered so far, in logits, the threshold has reached its floor, where nothing is served. */
const FLOOR = 5;

/**
 * Adaptive conformal inference (Gibbs and Candes 2021), on the logit of the threshold: a wrong hit
 * lowers it by `STEP * (1 - e)`, a good one raises it by `STEP * e`, never above the calibrated one.
 *
 * After `W` wrong and `G` good reports about hits that were served by this rule, whatever the
 * prompts are and in whatever order they come,
 *
 *     W <= e * (W + G) + FLOOR / STEP + (1 - e) * D
 *
 * where `D` is the most hits that ever awaited their report at one time (1, where each is reported
 * before the next is served). For: the sum of all steps is at most `lowered`, as it is cut off on
 * the side of safety only; and `lowered` passes the floor by at most the reports on the `D` hits
 * that were served before it got there.
 *
 * @param maxErrorRate - `e`, 0 to 1.
 */
export function afterReport(
  { lowered, goodReports, wrongReports }: Feedback,
  verdict: Verdict,
  maxErrorRate: number,
): Feedback {
  return verdict === 'wrong'
    ? { lowered: lowered + STEP * (1 - maxErrorRate), goodReports, wrongReports: wrongReports + 1 }
    : {
        lowered: Math.max(0, lowered - STEP * maxErrorRate),
        goodReports: goodReports + 1,
        wrongReports,
      };
}

/**
 * The highest risk to serve after the reports so far.
 *
 * @param calibratedMaxRisk - 0 to 1.
 * @returns 0 to `calibratedMaxRisk`; 0, which nothing meets, at the floor.
 */
export function toAdaptedMaxRisk(calibratedMaxRisk: number, { lowered }: Feedback): number {
  if (lowered >= FLOOR) return 0;
  if (lowered === 0) return calibratedMaxRisk; // to the bit
  const odds = (calibratedMaxRisk / (1 - calibratedMaxRisk)) * Math.exp(-lowered);
  return odds === Infinity ? calibratedMaxRisk : odds / (1 + odds);
}

/**
 * Reads what was stored. From a record that makes no sense nothing can be known of the reports: the
 * threshold is then one step above its floor, where only the surest hits are served, and good
 * reports lead back from there.
 *
 * @param stored - `undefined` where there is no record.
 */
export function readFeedback(stored: unknown): Feedback {
  if (stored === undefined) return noFeedback;
  return isFeedback(stored) ? stored : { ...noFeedback, lowered: FLOOR - STEP };
}

function isFeedback(value: unknown): value is Feedback {
  if (typeof value !== 'object' || value === null) return false;
  const { lowered, goodReports, wrongReports }: Partial<Record<keyof Feedback, unknown>> = value;
  const isCount = (count: unknown) => Number.isSafeInteger(count) && Number(count) >= 0;
  return (
    Number.isFinite(lowered) &&
    Number(lowered) >= 0 &&
    isCount(goodReports) &&
    isCount(wrongReports)
  );
}
