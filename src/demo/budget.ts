import { toField } from './to-field.js';

/** What an error budget comes to: the highest risk that is served at it, 0 to 1. */
export type Budget = { readonly maxErrorRate: number; readonly maxRisk: number };

/** For the slider while the manifest is not there. */
export const fallbackRates = [0, 0.005, 0.01, 0.02, 0.05, 0.1] as const;

/**
 * The budgets that a model is calibrated for, smallest first; the first serves exact repeats only.
 *
 * @param manifest - What `manifest.json` holds: not trusted.
 */
export function toBudgets(manifest: unknown): readonly Budget[] {
  const byRate = toField(toField(manifest, 'calibration'), 'maxRiskByErrorRate');
  const calibrated = Object.entries(byRate ?? {})
    .map(([rate, risk]) => ({ maxErrorRate: Number(rate), maxRisk: Number(risk) }))
    .filter(({ maxErrorRate, maxRisk }) => maxErrorRate > 0 && maxRisk >= 0 && maxRisk <= 1)
    .toSorted((a, b) => a.maxErrorRate - b.maxErrorRate);
  return [{ maxErrorRate: 0, maxRisk: 0 }, ...calibrated];
}

/** Whether a prompt of this risk is served at this budget; one of risk 1 never is. */
export function isServedAt({ maxRisk }: Budget, risk: number): boolean {
  return maxRisk > 0 && risk <= maxRisk && risk < 1;
}

/** The smallest budget at which a prompt of this risk is served; `undefined` when none serves it. */
export function toSmallestBudget(risk: number, budgets: readonly Budget[]): Budget | undefined {
  return budgets.find((budget) => isServedAt(budget, risk));
}
