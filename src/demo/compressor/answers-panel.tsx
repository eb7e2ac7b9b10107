import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { DemoSettings } from '../settings.js';
import { useStore } from '../views/use-store.js';
import { type AnswerPair, answerNames, type MessagePair } from './answer-pair.js';
import { AnswerView } from './answer-view.js';
import type { Compressed } from './compressor-session.js';
import { toMessage } from './examples.js';

type AnswersPanelProps = {
  pair: AnswerPair;
  compressed: Compressed | undefined;
  upstream: DemoSettings['upstream'];
};

/** What the connected model answers to the whole text, and to what is left of it. */
export function AnswersPanel({ pair, compressed, upstream }: AnswersPanelProps): JSX.Element {
  const id = useId();
  const { isRunning, answers, asked } = useStore(pair.state);
  const messages = compressed && toMessages(compressed);
  const isStale = asked !== undefined && !isSamePair(asked, messages);
  return (
    <section class="panel answers" aria-labelledby={id}>
      <div class="diff-head">
        <h2 id={id}>Does the answer survive?</h2>
        {upstream !== 'faq' && (
          <AskButton
            isRunning={isRunning}
            onAsk={messages && (() => void pair.ask(messages))}
            onStop={pair.stop}
          />
        )}
      </div>
      {upstream === 'faq' ? (
        <NoModel />
      ) : (
        <p class="small">
          Sends both prompts to the connected model, one after the other so that their times
          compare, and not through the cache.
          {isStale && ' These answers are to prompts that have changed since.'}
        </p>
      )}
      {answers && (
        <div class="answer-pair">
          {answerNames.map((name) => (
            <AnswerView key={name} name={name} answer={answers[name]} />
          ))}
        </div>
      )}
    </section>
  );
}

function toMessages({ prompt, result }: Compressed): MessagePair {
  return { original: toMessage(prompt.text, prompt), compressed: toMessage(result.text, prompt) };
}

function isSamePair(a: MessagePair, b: MessagePair | undefined): boolean {
  return b !== undefined && answerNames.every((name) => a[name] === b[name]);
}

type AskButtonProps = {
  isRunning: boolean;
  onAsk: (() => void) | undefined;
  onStop: () => void;
};

function AskButton({ isRunning, onAsk, onStop }: AskButtonProps) {
  return isRunning ? (
    <button type="button" onClick={onStop}>
      Stop
    </button>
  ) : (
    <button type="button" class="primary" disabled={onAsk === undefined} onClick={onAsk}>
      Ask with both prompts
    </button>
  );
}

function NoModel() {
  return (
    <p class="note">
      This needs a language model, and none is connected: the built-in FAQ server knows its own
      questions only and cannot read this text. Connect one in the settings (“Answers come from”, on
      the chat page), or start the demo with <code>npm run demo -- --llm</code>, which brings a
      small model along.
    </p>
  );
}
