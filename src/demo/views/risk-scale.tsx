import type { JSX } from 'preact';
import type { Budget } from '../budget.js';
import { formatRisk, toScalePosition } from '../risk-scale.js';

type ScaleProps = {
  risk: number;
  /** What the verifier alone makes of `P(same response)`. */
  verifier?: number | undefined;
  /** The highest risk that is served. */
  maxRisk: number;
  /** Marked with small ticks: the limits of all budgets. */
  budgets?: readonly Budget[];
};

/** What the scale is lettered with. */
const marks = [0.01, 0.1, 0.5, 0.9, 0.99];

/** How far a decision was from the line: risk, limit and verifier on one scale of logits. */
export function RiskScale({ risk, verifier, maxRisk, budgets = [] }: ScaleProps): JSX.Element {
  const limit = maxRisk > 0 ? formatRisk(maxRisk) : 'none';
  return (
    <div class="risk-scale">
      <div class="risk-track" aria-hidden="true">
        <span class="risk-served" style={{ '--at': toScalePosition(maxRisk) }} />
        {budgets.map(
          (budget) =>
            budget.maxRisk > 0 && (
              <span
                key={budget.maxErrorRate}
                class="risk-tick"
                style={{ '--at': toScalePosition(budget.maxRisk) }}
              />
            ),
        )}
        {maxRisk > 0 && <span class="risk-limit" style={{ '--at': toScalePosition(maxRisk) }} />}
        {verifier !== undefined && (
          <span class="risk-verifier" style={{ '--at': toScalePosition(1 - verifier) }} />
        )}
        <span
          class="risk-mark"
          data-served={maxRisk > 0 && risk <= maxRisk}
          style={{ '--at': toScalePosition(risk) }}
        />
      </div>
      <p class="risk-ends" aria-hidden="true">
        {marks.map((share) => (
          <span key={share} style={{ '--at': toScalePosition(share) }}>
            {share * 100} %
          </span>
        ))}
      </p>
      <ul class="risk-legend">
        <li data-mark="risk">risk {formatRisk(risk)}</li>
        <li data-mark="limit">limit {limit}</li>
        {verifier !== undefined && (
          <li data-mark="verifier">verifier alone {formatRisk(1 - verifier)}</li>
        )}
      </ul>
    </div>
  );
}
