import { guardNames } from './guard.js';
import type { GuardName } from './guard.js';

/** What a calibration may give a weight to; absent weights count 0. */
export type RiskWeightName =
  'similarity' | 'verifier' | 'length' | 'lengthGap' | `guard:${GuardName}`;

/** See {@link RiskWeightName}. */
export const riskWeightNames: readonly RiskWeightName[] = [
  'similarity',
  'verifier',
  'length',
  'lengthGap',
  ...guardNames.map((name) => `guard:${name}` as const),
];
