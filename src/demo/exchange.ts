import { badgeTexts, type Outcome, toTone } from './outcome.js';
import { noSavings, type Savings, type Tally, toSavings } from './savings.js';
import type { ChatMessage } from './upstream.js';

/** One question and what became of it. */
export type Exchange = {
  readonly id: number;
  readonly question: string;
  readonly answer: string;
  readonly phase: 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';
  /** Set once the answer begins. */
  readonly outcome?: Outcome;
  /** Why it failed, for people. */
  readonly error?: string;
  /** From sending the question to the first and to the last of the answer. */
  readonly firstTextMs?: number;
  readonly elapsedMs?: number;
  /** The error budget when it was asked. */
  readonly maxErrorRate: number;
  /** The user said that this answer was wrong. */
  readonly isWrong: boolean;
};

export function isRunning({ phase }: Exchange): boolean {
  return phase === 'waiting' || phase === 'streaming';
}

export function savingsOf({ outcome, phase, elapsedMs }: Exchange): Savings {
  if (outcome?.kind !== 'hit' || phase !== 'done') return noSavings;
  return toSavings(outcome.hit, elapsedMs ?? 0);
}

/** `undefined` while there is no answer to count. */
export function toTally(exchange: Exchange): Tally | undefined {
  const { outcome, phase, isWrong } = exchange;
  if (outcome === undefined || phase !== 'done') return undefined;
  const source = outcome.kind === 'hit' ? outcome.hit.tier : 'model';
  return { source, savings: savingsOf(exchange), isWrong };
}

/** The finished turns before a question, as the wire wants them. */
export function toHistory(exchanges: readonly Exchange[]): ChatMessage[] {
  return exchanges
    .filter(({ phase }) => phase === 'done')
    .flatMap(({ question, answer }): ChatMessage[] => [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ]);
}

/** What a screen reader says when an answer has ended. */
export function toAnnouncement({ phase, outcome, answer, error }: Exchange): string {
  if (phase === 'failed') return `Failed. ${error ?? ''}`;
  if (phase === 'stopped') return 'Stopped.';
  const badge = outcome === undefined ? '' : `${badgeTexts[toTone(outcome)]}. `;
  return `${badge}${answer}`;
}
