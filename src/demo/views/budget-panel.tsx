import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { type Budget, fallbackRates } from '../budget.js';
import type { Exchange } from '../exchange.js';
import { formatPercent } from '../format.js';
import { foresee, toBudgetText, type Verdict } from '../judge-again.js';
import { badgeTexts } from '../outcome.js';
import { toDistanceText } from '../risk-scale.js';
import type { SkimpHost } from '../skimp-host.js';
import { RiskScale } from './risk-scale.js';
import { useStore } from './use-store.js';
import { useVerdict } from './use-verdict.js';

type BudgetPanelProps = {
  host: SkimpHost;
  /** The last question that has been answered or looked up. */
  exchange: Exchange | undefined;
  maxErrorRate: number;
  onChange: (maxErrorRate: number) => void;
};

/** A change starts skimp anew: it waits until the slider rests. In milliseconds. */
const REST_MS = 350;

/** How sure skimp has to be, and what that does to the last question. */
export function BudgetPanel(props: BudgetPanelProps): JSX.Element {
  const { host, exchange, maxErrorRate, onChange } = props;
  const skimp = useStore(host.state);
  const { verdict, isJudging } = useVerdict(host, exchange, maxErrorRate);
  const [rate, setRate] = useState(maxErrorRate);
  useEffect(() => setRate(maxErrorRate), [maxErrorRate]);
  useEffect(() => {
    if (rate === maxErrorRate) return;
    const timer = setTimeout(() => onChange(rate), REST_MS);
    return () => clearTimeout(timer);
  }, [rate]);
  const isCalibrated = skimp.budgets.length > 1;
  const budgets = isCalibrated ? skimp.budgets : fallbackBudgets;
  const isPresent = verdict?.maxErrorRate === rate;
  const calibrated = budgets.find((budget) => budget.maxErrorRate === rate);
  const reported = isPresent ? skimp.status?.threshold?.maxRisk : undefined;
  const budget = { maxErrorRate: rate, maxRisk: reported ?? calibrated?.maxRisk ?? 0 };
  return (
    <section class="panel" aria-labelledby="budget-title">
      <h2 id="budget-title">Error budget</h2>
      <BudgetSlider rate={rate} budgets={budgets} onChange={setRate} />
      {isCalibrated && calibrated?.maxRisk === 0 && (
        <p class="small">At this budget: exact repeats only.</p>
      )}
      {exchange && verdict && (
        <LastQuestion
          question={exchange.question}
          verdict={isPresent ? verdict : foresee(verdict, budget)}
          budget={budget}
          budgets={budgets}
          isSettled={isPresent && !isJudging}
        />
      )}
      {!verdict && (
        <p class="small">
          {isJudging
            ? 'The last question is being judged.'
            : 'Ask something, then move the slider: the last question is judged again.'}
        </p>
      )}
    </section>
  );
}

/** Until the calibration is read: the slider can be moved, and nothing is told of the limits. */
const fallbackBudgets: readonly Budget[] = fallbackRates.map((maxErrorRate) => ({
  maxErrorRate,
  maxRisk: 0,
}));

type SliderProps = { rate: number; budgets: readonly Budget[]; onChange: (rate: number) => void };

function BudgetSlider({ rate, budgets, onChange }: SliderProps) {
  const id = useId();
  const index = budgets.findIndex(({ maxErrorRate }) => maxErrorRate === rate);
  return (
    <div class="budget-slider">
      <label for={id}>
        Of the semantic hits, at most <output>{formatPercent(rate)}</output> may be wrong
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={budgets.length - 1}
        step={1}
        value={index}
        aria-valuetext={formatPercent(rate)}
        onInput={({ currentTarget }) =>
          onChange(budgets[currentTarget.valueAsNumber]?.maxErrorRate ?? rate)
        }
      />
      <p class="budget-marks" aria-hidden="true">
        {budgets.map(({ maxErrorRate }) => (
          <span key={maxErrorRate}>{Number((maxErrorRate * 100).toFixed(2))}</span>
        ))}
      </p>
    </div>
  );
}

type LastProps = {
  question: string;
  verdict: Verdict;
  budget: Budget;
  budgets: readonly Budget[];
  /** False while skimp is still to judge at this budget: what is shown is foreseen. */
  isSettled: boolean;
};

const tones = { exact: 'exact', semantic: 'semantic', miss: 'miss', guard: 'miss' } as const;

function LastQuestion({ question, verdict, budget, budgets, isSettled }: LastProps) {
  const { kind, risk, verifier } = verdict;
  const tone = kind === 'unknown' ? undefined : tones[kind];
  return (
    <div class="last-question" data-testid="last-question" data-settled={isSettled}>
      <p>
        {tone && (
          <span class="badge" data-tone={tone} data-testid="verdict">
            {badgeTexts[tone]}
          </span>
        )}{' '}
        <q>{question}</q>
      </p>
      {risk !== undefined && risk < 1 && (
        <>
          <RiskScale risk={risk} verifier={verifier} maxRisk={budget.maxRisk} budgets={budgets} />
          <p class="small">{toDistanceText(risk, budget.maxRisk)}</p>
        </>
      )}
      <p class="small" data-testid="smallest-budget">
        {toBudgetText(verdict, budgets)}
      </p>
      <p class="small" role="status">
        {isSettled ? '' : 'skimp starts anew with this budget.'}
      </p>
    </div>
  );
}
