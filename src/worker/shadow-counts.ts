import type { Savings } from '../shared/savings.js';
import { toSavings } from '../shared/savings.js';
import type { ShadowComparison, ShadowCounts, ShadowStats } from '../shared/shadow.js';
import { clopperPearson } from './clopper-pearson.js';

/** Upper ends of the parts by risk. */
const RISK_BOUNDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** Sums as they are stored. */
type StoredSums = Readonly<Record<string, unknown>>;

/** What lies in the database: counts of each tier, and what would have been saved. */
export type StoredShadow = {
  readonly exact: StoredSums;
  readonly semantic: StoredSums;
  readonly saved: StoredSums;
};

/** What a comparison adds, by the record that it belongs to. */
export type ShadowChange = {
  readonly tier: ShadowComparison['tier'];
  readonly counts: Readonly<Record<string, number>>;
  readonly saved?: Savings;
};

/** @param saving - What the hit would have saved. */
export function toShadowChange(
  { tier, verdict, wouldServe, risk }: ShadowComparison,
  saving: Savings,
): ShadowChange {
  const isWrong = tier === 'semantic' && verdict === 'differ';
  return {
    tier,
    counts: {
      ...(wouldServe ? { [`hit ${verdict}`]: 1 } : {}),
      ...(tier === 'semantic' ? { [`${toBound(risk)} ${verdict}`]: 1 } : {}),
    },
    ...(wouldServe && !isWrong ? { saved: saving } : {}),
  };
}

export function toShadowStats({ exact, semantic, saved }: StoredShadow): ShadowStats {
  return {
    ...toCounts(semantic, 'hit'),
    exact: toCounts(exact, 'hit'),
    byRisk: RISK_BOUNDS.map((maxRisk) => ({ maxRisk, ...toCounts(semantic, String(maxRisk)) })),
    wouldHaveSaved: toSavings(saved),
  };
}

function toBound(risk: number): number {
  return RISK_BOUNDS.find((bound) => risk <= bound) ?? 1;
}

function toCounts(sums: StoredSums, part: string): ShadowCounts {
  const count = (verdict: ShadowComparison['verdict']) => {
    const value = sums[`${part} ${verdict}`];
    return Number.isSafeInteger(value) ? Number(value) : 0;
  };
  const [agreed, differed, undecided] = [count('agree'), count('differ'), count('undecided')];
  const decided = agreed + differed;
  const counts = { compared: decided + undecided, agreed, differed, undecided };
  if (decided === 0) return counts;
  const [low, high] = clopperPearson(differed, decided);
  return { ...counts, wrongHitRate: { rate: differed / decided, low, high } };
}
