import type { PairFeatures } from './pair-features.js';
import { toLowestRisk, toRisk } from './risk.js';
import type { RiskModel } from './risk.js';

/** What is thought of one pair of prompts. */
export type Judgement = {
  readonly features: PairFeatures;
  /** False while the verifier is still to read the pair. */
  readonly isFinal: boolean;
  /** `P(same response)` by the verifier alone, 0 to 1; absent while it has not read the pair. */
  readonly verifier?: number;
  /** 0 to 1; the lowest that it can come to, while the judgement is not final. */
  readonly risk: number;
  /** The risk is no obstacle: it is at or below the threshold. */
  readonly isSafe: boolean;
  /** A guard that is certain refuses, whatever the risk. */
  readonly isVetoed: boolean;
};

/** Judges pairs by one calibration and one threshold: a decision has one judge throughout. */
export interface Judge {
  /** Before the verifier: the best that can be hoped for. */
  estimate(features: PairFeatures): Judgement;
  /** @param verifierLogit - `undefined` for a pair that it cannot read, whose risk is 1. */
  judge(features: PairFeatures, verifierLogit: number | undefined): Judgement;
}

/** @param maxRisk - Highest risk served; at 0 nothing is. */
export function createJudge(riskModel: RiskModel, maxRisk: number): Judge {
  const toJudgement = (features: PairFeatures, risk: number) => ({
    features,
    risk,
    isSafe: maxRisk > 0 && risk <= maxRisk && risk < 1, // 1: nothing is known
    isVetoed: features.guards.some(({ veto }) => veto),
  });
  return {
    estimate: (features) => ({
      ...toJudgement(features, toLowestRisk(features, riskModel)),
      isFinal: false,
    }),
    judge(features, verifierLogit) {
      if (verifierLogit === undefined) return { ...toJudgement(features, 1), isFinal: true };
      const verifier = 1 / (1 + Math.exp(-verifierLogit));
      const risk = toRisk(features, verifierLogit, riskModel);
      return { ...toJudgement(features, risk), verifier, isFinal: true };
    },
  };
}

/** Whether the pair is served, or could still be, while the judgement is not final. */
export function isServable({ isSafe, isVetoed }: Judgement): boolean {
  return isSafe && !isVetoed;
}
