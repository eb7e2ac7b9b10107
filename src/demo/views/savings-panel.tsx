import type { JSX } from 'preact';
import { formatCount, formatMoney, formatMs, formatNoun, formatPercent } from '../format.js';
import { type Prices, toHitRate, toMoney, type Totals, toTokens } from '../savings.js';

type SavingsProps = { totals: Totals; prices: Prices };

/** What the cache has spared since the page was opened. */
export function SavingsPanel({ totals, prices }: SavingsProps): JSX.Element {
  const { exactHits, semanticHits, modelAnswers } = totals;
  return (
    <section class="panel" aria-labelledby="savings-title">
      <h2 id="savings-title">Saved on this visit</h2>
      <dl class="figures">
        <Figure name="tokens" value={formatCount(toTokens(totals))} />
        <Figure name="money" value={formatMoney(toMoney(totals, prices))} />
        <Figure name="time" value={formatMs(totals.ms)} />
      </dl>
      <div class="split" aria-hidden="true">
        {exactHits > 0 && <span data-tone="exact" style={{ flexGrow: exactHits }} />}
        {semanticHits > 0 && <span data-tone="semantic" style={{ flexGrow: semanticHits }} />}
        {modelAnswers > 0 && <span style={{ flexGrow: modelAnswers }} />}
      </div>
      <p class="small" data-testid="totals">
        {toSentence(totals)}
      </p>
    </section>
  );
}

function toSentence(totals: Totals): string {
  const { exactHits, semanticHits, modelAnswers, wrongHits } = totals;
  const answers = exactHits + semanticHits + modelAnswers;
  if (answers === 0) return 'No answers yet.';
  const wrong = wrongHits === 0 ? '' : `, ${formatCount(wrongHits)} called wrong`;
  const kinds = `${formatCount(exactHits)} exact, ${formatCount(semanticHits)} semantic${wrong}`;
  return `${formatPercent(toHitRate(totals))} of ${formatNoun(answers, 'answer')} from the cache: ${kinds}.`;
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-testid={`saved-${name}`}>{value}</dd>
    </div>
  );
}
