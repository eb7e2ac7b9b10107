import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { formatPercent } from '../format.js';
import type { Prices } from '../savings.js';
import type { CompressorState } from './compressor-session.js';
import { ResultFigures } from './result-figures.js';
import { RunState } from './run-state.js';

type BudgetPanelProps = {
  state: CompressorState;
  prices: Prices;
  /** Why there is no model, where there is none. */
  modelReason: string | undefined;
  onRatio: (keepRatio: number) => void;
  onStop: () => void;
  onRestart: () => void;
};

/** How much is to be kept, and what that came to. */
export function BudgetPanel({ state, prices, onRatio, ...props }: BudgetPanelProps): JSX.Element {
  const id = useId();
  const { keepRatio, compressed } = state;
  return (
    <section class="panel budget" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>Budget</h2>
      <div>
        <label for={id}>
          Tokens to keep <span aria-hidden="true">{formatPercent(keepRatio)}</span>
        </label>
        <input
          id={id}
          type="range"
          min={0.1}
          max={1}
          step={0.05}
          value={keepRatio}
          aria-valuetext={formatPercent(keepRatio)}
          onInput={(event) => onRatio(event.currentTarget.valueAsNumber)}
        />
      </div>
      <RunState state={state} {...props} />
      {compressed && <ResultFigures compressed={compressed} prices={prices} />}
    </section>
  );
}
