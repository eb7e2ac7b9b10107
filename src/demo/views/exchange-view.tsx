import type { JSX } from 'preact';
import { type Exchange, savingsOf } from '../exchange.js';
import { formatCount, formatMoney, formatMs } from '../format.js';
import { toMoney, toTokens } from '../savings.js';
import type { DemoSettings } from '../settings.js';
import { Badge } from './badge.js';
import { WhyPanel } from './why-panel.js';

type ExchangeProps = {
  exchange: Exchange;
  settings: DemoSettings;
  onWrong: (id: number) => void;
};

/** A question and its answer, with where the answer came from. */
export function ExchangeView({ exchange, settings, onWrong }: ExchangeProps): JSX.Element {
  const { id, kind, question, answer, phase, outcome, error } = exchange;
  return (
    <article class="exchange" aria-label={`Question ${id}`} data-phase={phase} data-kind={kind}>
      <p class="question">
        <span class="visually-hidden">You asked: </span>
        {question}
      </p>
      <div class="answer">
        {outcome && (
          <div class="answer-head">
            <Badge outcome={outcome} />
            {kind === 'look-up' && <span class="tag">Looked up only, nothing sent</span>}
            <Cost exchange={exchange} settings={settings} />
          </div>
        )}
        {phase === 'waiting' && (
          <p class="waiting">
            <span aria-hidden="true" />
            {toWaitText(exchange)}
          </p>
        )}
        {answer !== '' && <p class="answer-text">{answer}</p>}
        {phase === 'stopped' && <p class="note">Stopped. Nothing of it is stored.</p>}
        {phase === 'failed' && <p class="note note-failed">{error}</p>}
        {outcome && phase !== 'waiting' && phase !== 'streaming' && (
          <div class="answer-foot">
            <WhyPanel exchange={exchange} outcome={outcome} />
            {outcome.kind === 'hit' && kind === 'ask' && (
              <WrongButton exchange={exchange} onWrong={onWrong} />
            )}
          </div>
        )}
      </div>
    </article>
  );
}

function toWaitText({ kind, outcome }: Exchange): string {
  if (outcome !== undefined) return 'Reading the answer';
  return kind === 'look-up' ? 'Looking it up' : 'Looking it up, then asking';
}

function Cost({ exchange, settings }: Omit<ExchangeProps, 'onWrong'>) {
  const { elapsedMs, isWrong } = exchange;
  if (elapsedMs === undefined) return null;
  const savings = savingsOf(exchange);
  const isSaving = !isWrong && savings.ms + toTokens(savings) > 0;
  return (
    <span class="cost">
      <span>{formatMs(elapsedMs)}</span>
      {isSaving && (
        <span data-testid="saved">
          saved {formatCount(toTokens(savings))} tokens,{' '}
          {formatMoney(toMoney(savings, settings.prices))}, {formatMs(savings.ms)}
        </span>
      )}
    </span>
  );
}

function WrongButton({ exchange, onWrong }: Pick<ExchangeProps, 'exchange' | 'onWrong'>) {
  // The button stays in place, so that the focus on it does not get lost.
  return (
    <button
      type="button"
      class="quiet"
      aria-disabled={exchange.isWrong}
      onClick={() => {
        if (!exchange.isWrong) onWrong(exchange.id);
      }}
    >
      {exchange.isWrong ? 'Reported, entry removed' : 'That answer was wrong'}
    </button>
  );
}
