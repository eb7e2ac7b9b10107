import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { toAllExchanges } from '../chat-session.js';
import { isRunning } from '../exchange.js';
import type { PageProps } from '../page-props.js';
import { useStore } from '../views/use-store.js';
import { LatencyChart, SavingsChart } from './answer-charts.js';
import { toAnswers, toJudged } from './chart-data.js';
import './charts.css';
import { RiskChart, SimilarityChart } from './decision-charts.js';
import { toSamplePrompts } from './sample-prompts.js';

/** What the chat has come to, drawn. */
export function ChartsPage({ chat, host, settings }: PageProps): JSX.Element {
  const state = useStore(chat.state);
  const skimp = useStore(host.state);
  const { prices, maxErrorRate } = useStore(settings);
  const done = toAllExchanges(state).filter(({ phase }) => phase === 'done');
  const version = done.map(({ id, isWrong }) => (isWrong ? -id : id)).join();
  const answers = useMemo(() => toAnswers(done), [version]);
  const judged = useMemo(() => toJudged(done), [version]);
  const maxRisk = skimp.status?.threshold?.maxRisk;
  return (
    <div class="charts">
      <div class="charts-head">
        <h1 tabIndex={-1}>Charts</h1>
        <p class="small">What was asked in the chat since this page was opened.</p>
        <Sampler chat={chat} isEmpty={done.length === 0} />
      </div>
      <div class="charts-grid">
        <LatencyChart answers={answers} />
        <SavingsChart answers={answers} prices={prices} />
        <SimilarityChart judged={judged} />
        <RiskChart judged={judged} maxRisk={maxRisk} maxErrorRate={maxErrorRate} />
      </div>
    </div>
  );
}

/** Fills the charts: a dozen prompts go through the chat. */
function Sampler({ chat, isEmpty }: Pick<PageProps, 'chat'> & { isEmpty: boolean }) {
  const { batch, exchanges } = useStore(chat.state);
  if (batch !== undefined) {
    return (
      <div class="sampler">
        <label>
          Asking {batch.done + 1} of {batch.total}
          <progress value={batch.done} max={batch.total} />
        </label>
        <button type="button" onClick={chat.stop}>
          Stop
        </button>
      </div>
    );
  }
  const isBusy = exchanges.some(isRunning);
  return (
    <div class="sampler">
      <button
        type="button"
        class={isEmpty ? 'primary' : ''}
        aria-disabled={isBusy}
        onClick={() => {
          if (!isBusy) void chat.askAll(toSamplePrompts());
        }}
      >
        Ask a dozen sample prompts
      </button>
    </div>
  );
}
