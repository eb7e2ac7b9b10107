import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { CompressionSkip } from '../../shared/compression.js';
import { formatCount, formatPercent } from '../format.js';
import type { Compressed, CompressorState } from './compressor-session.js';

type RunStateProps = {
  state: CompressorState;
  modelReason: string | undefined;
  onStop: () => void;
  onRestart: () => void;
};

/** Where a kept share that is above what was asked for is worth a word. */
const FAR_ABOVE = 0.02;

const skipNotes: Readonly<Record<CompressionSkip, string>> = {
  short: 'Sent as it is: texts under 64 tokens are left alone.',
  'within-budget': 'Sent as it is: it is within the budget.',
  protected: 'Sent as it is: all of it is protected, so there is nothing to drop.',
  unavailable: 'Sent as it is: the model is not there.',
};

/** What goes on at this moment, and what is to be said about the result. */
export function RunState({ state, modelReason, onStop, onRestart }: RunStateProps): JSX.Element {
  const { phase, compressed, error } = state;
  if (phase === 'running') return <Progress progress={state.progress} onStop={onStop} />;
  if (phase === 'failed') return <Ended text={error ?? ''} isFailure onRestart={onRestart} />;
  if (phase === 'stopped') return <Ended text="Stopped." onRestart={onRestart} />;
  return <p class="run-note small">{toNote(phase, compressed, modelReason)}</p>;
}

function toNote(
  phase: CompressorState['phase'],
  compressed: Compressed | undefined,
  modelReason: string | undefined,
): string {
  if (phase === 'empty') return 'Paste a text, or pick an example.';
  if (phase === 'waiting' || compressed === undefined) {
    return modelReason ?? 'Begins as soon as the model is loaded.';
  }
  const { keepRatio, result } = compressed;
  if (result.skipped !== undefined) return skipNotes[result.skipped];
  const share = result.keptTokens / result.originalTokens;
  return share > keepRatio + FAR_ABOVE
    ? `More than ${formatPercent(keepRatio)}: what is protected is not given up.`
    : 'Nothing is rephrased: what is sent are slices of the text.';
}

type ProgressProps = { progress: CompressorState['progress']; onStop: () => void };

function Progress({ progress, onStop }: ProgressProps) {
  const id = useId();
  return (
    <div class="run-progress">
      <label class="small" for={id}>
        {progress === undefined
          ? 'Reading the text'
          : `Read ${formatCount(progress.done)} of ${formatCount(progress.total)} windows`}
      </label>
      <button type="button" class="quiet" onClick={onStop}>
        Stop
      </button>
      <progress id={id} {...(progress && { value: progress.done, max: progress.total })} />
    </div>
  );
}

type EndedProps = { text: string; isFailure?: boolean; onRestart: () => void };

function Ended({ text, isFailure = false, onRestart }: EndedProps) {
  return (
    <div class="run-ended">
      <p class={isFailure ? 'note note-failed' : 'note'}>{text}</p>
      <button type="button" onClick={onRestart}>
        Compress again
      </button>
    </div>
  );
}
