import type { TokenUsage } from '../../shared/prompt-request.js';
import type { AskModel } from '../ask-model.js';
import { formatMs } from '../format.js';
import { AnswerError } from '../read-answer.js';
import { createStore, type Store } from '../store.js';
import { SettingsError } from '../upstream.js';

/** One of the two answers. */
export type Answer = {
  readonly phase: 'queued' | 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';
  readonly text: string;
  /** From sending the message to the first and to the last of the answer. */
  readonly firstTextMs?: number;
  readonly elapsedMs?: number;
  /** As the provider counted; absent where it does not tell. */
  readonly usage?: TokenUsage;
  /** Why it failed, for people. */
  readonly error?: string;
};

/** Which message an answer is to: the text as it was, or what is left of it. */
export const answerNames = ['original', 'compressed'] as const;

/** See {@link answerNames}. */
export type AnswerName = (typeof answerNames)[number];

/** The messages to compare the answers to. */
export type MessagePair = Readonly<Record<AnswerName, string>>;

export type AnswerPairState = {
  readonly isRunning: boolean;
  readonly answers?: Readonly<Record<AnswerName, Answer>>;
  /** What was asked for these answers. */
  readonly asked?: MessagePair;
};

/** Two messages and their answers, without their looks. */
export interface AnswerPair {
  readonly state: Store<AnswerPairState>;
  /**
   * Asks for both answers, one after the other: side by side they would slow each other down, and
   * the times would say nothing. Ignored while two are under way. Never rejects.
   */
  ask(messages: MessagePair): Promise<void>;
  stop(): void;
}

export type AnswerPairOptions = {
  readonly askModel: AskModel;
  /** Says something to screen readers. */
  readonly announce: (text: string) => void;
  /** Milliseconds, for intervals. */
  readonly now: () => number;
};

const queued: Answer = { phase: 'queued', text: '' };

export function createAnswerPair(options: AnswerPairOptions): AnswerPair {
  const state = createStore<AnswerPairState>({ isRunning: false });
  let controller = new AbortController();

  function change(name: AnswerName, part: Partial<Answer>): void {
    const { original = queued, compressed = queued } = state.get().answers ?? {};
    const answers = { original, compressed };
    state.update({ answers: { ...answers, [name]: { ...answers[name], ...part } } });
  }

  async function answer(name: AnswerName, message: string, signal: AbortSignal): Promise<void> {
    const startedAt = options.now();
    const elapsed = () => options.now() - startedAt;
    change(name, { phase: 'waiting' });
    try {
      const messages = [{ role: 'user', content: message }] as const;
      let text = '';
      const pieces = options.askModel(messages, signal, (usage) => change(name, { usage }));
      for await (const piece of pieces) {
        if (text === '') change(name, { phase: 'streaming', firstTextMs: elapsed() });
        text += piece;
        change(name, { text });
      }
      change(name, { phase: 'done', elapsedMs: elapsed() });
    } catch (error) {
      if (signal.aborted) change(name, { phase: 'stopped' });
      else change(name, { phase: 'failed', error: toMessage(error), elapsedMs: elapsed() });
    }
  }

  return {
    state,
    async ask(messages) {
      if (state.get().isRunning) return;
      controller = new AbortController();
      const { signal } = controller;
      const answers = { original: queued, compressed: queued };
      state.update({ isRunning: true, asked: messages, answers });
      for (const name of answerNames) {
        if (signal.aborted) change(name, { phase: 'stopped' });
        else await answer(name, messages[name], signal);
      }
      state.update({ isRunning: false });
      options.announce(toAnnouncement(state.get()));
    },
    stop: () => controller.abort(),
  };
}

function toMessage(error: unknown): string {
  const isForPeople = error instanceof AnswerError || error instanceof SettingsError;
  return isForPeople ? error.message : `The model cannot be reached: ${String(error)}`;
}

/** What a screen reader says when both answers have ended; they are read from the page. */
function toAnnouncement({ answers }: AnswerPairState): string {
  const ends = answerNames.map((name) => {
    const { phase, elapsedMs, error } = answers?.[name] ?? queued;
    if (phase === 'failed') return `Failed, ${name} prompt: ${error ?? ''}`;
    if (phase !== 'done') return `Stopped, ${name} prompt.`;
    return `Answer to the ${name} prompt in ${formatMs(elapsedMs ?? 0)}.`;
  });
  return ends.join(' ');
}
