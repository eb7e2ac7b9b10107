import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { TokenUsage } from '../../shared/prompt-request.js';
import { formatMs, formatNoun } from '../format.js';
import type { Answer, AnswerName } from './answer-pair.js';
import { Definition } from '../views/definition.js';

const titles: Readonly<Record<AnswerName, string>> = {
  original: 'To the original prompt',
  compressed: 'To the compressed prompt',
};

const phaseWords: Readonly<Record<Answer['phase'], string>> = {
  queued: 'Next',
  waiting: 'Waiting for the first word',
  streaming: 'Answering',
  done: 'Done',
  stopped: 'Stopped',
  failed: 'Failed',
};

type AnswerViewProps = { name: AnswerName; answer: Answer };

/** One answer, as it comes in. */
export function AnswerView({ name, answer }: AnswerViewProps): JSX.Element {
  const id = useId();
  const { phase, text, firstTextMs, elapsedMs, usage, error } = answer;
  const isWaiting = phase === 'waiting' || phase === 'streaming';
  return (
    <article aria-labelledby={id} data-phase={phase} data-testid={`answer-${name}`}>
      <h3 id={id}>{titles[name]}</h3>
      <p class="answer-words" aria-busy={isWaiting}>
        {text === '' && error === undefined ? phaseWords[phase] : text}
      </p>
      {error !== undefined && <p class="note note-failed">{error}</p>}
      <dl class="rows">
        <Definition name="First word">
          {firstTextMs === undefined ? '…' : formatMs(firstTextMs)}
        </Definition>
        <Definition name="Whole answer">
          {elapsedMs === undefined ? '…' : formatMs(elapsedMs)}
        </Definition>
        <Definition name="Usage, as told">{toUsageText(usage, phase)}</Definition>
      </dl>
    </article>
  );
}

function toUsageText(usage: TokenUsage | undefined, phase: Answer['phase']): string {
  if (usage === undefined) return phase === 'done' ? 'not told' : '…';
  return `${formatNoun(usage.promptTokens, 'token')} in, ${formatNoun(usage.completionTokens, 'token')} out`;
}
