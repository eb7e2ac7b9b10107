import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PageProps } from '../page-props.js';
import type { SkimpState } from '../skimp-host.js';
import { ModelBadge } from '../views/model-badge.js';
import { useStore } from '../views/use-store.js';
import { createAnswerPair } from './answer-pair.js';
import { AnswersPanel } from './answers-panel.js';
import { BudgetPanel } from './budget-panel.js';
import './compressor.css';
import { createCompressorSession } from './compressor-session.js';
import { DiffPanel } from './diff-panel.js';
import { ExamplePicker } from './example-picker.js';
import { PromptForm } from './prompt-form.js';

const wait = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });

/** Shortens a text before one's eyes, and asks a model whether the answer survives. */
export function CompressorPage(props: PageProps): JSX.Element {
  const { host, askModel, announce } = props;
  const [session] = useState(() => createCompressorSession({ host, announce, wait }));
  const [pair] = useState(() =>
    createAnswerPair({ askModel, announce, now: () => performance.now() }),
  );
  const state = useStore(session.state);
  const { upstream, prices } = useStore(props.settings);
  const { text, question, task, compressed } = state;
  useEffect(session.follow, [session]);
  // The text may be a megabyte: it is compared with the page's only when it has changed.
  const prompt = useMemo(
    () => (
      <>
        <ExamplePicker prompt={{ text, question, task }} onPick={session.pick} />
        <PromptForm prompt={{ text, question, task }} onChange={session.change} />
      </>
    ),
    [text, question, task, session],
  );
  return (
    <div class="compressor">
      <h1 tabIndex={-1}>Compressor</h1>
      <p class="lead">
        Drops the words that a question can do without, in this browser, to an exact share of the
        tokens. Code, JSON and tags stay; numbers, dates, negations and quotations are never cut.
      </p>
      <ModelBadge model="compressor" host={host} />
      <div class="columns">
        <div class="prompt-column">{prompt}</div>
        <BudgetPanel
          state={state}
          prices={prices}
          modelReason={toModelReason(useStore(host.state))}
          onRatio={(keepRatio) => session.change({ keepRatio })}
          onStop={session.stop}
          onRestart={session.restart}
        />
      </div>
      <DiffPanel compressed={compressed} isBusy={state.phase === 'running'} announce={announce} />
      <AnswersPanel pair={pair} compressed={compressed} upstream={upstream} />
    </div>
  );
}

function toModelReason({ status }: SkimpState): string | undefined {
  const { state, reason } = status?.compressor ?? {};
  return state === 'unavailable' ? `The text is sent as it is: ${reason ?? ''}` : undefined;
}
