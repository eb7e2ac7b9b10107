import type { Candidate } from '../shared/decision.js';
import type { GuardFinding } from '../shared/guard.js';
import type { PromptRequest } from '../shared/prompt-request.js';
import { badgeTexts, type Outcome, toTone } from './outcome.js';
import { noSavings, type Savings, type Tally, toSavings } from './savings.js';
import type { ChatMessage } from './upstream.js';

/** One question and what became of it. */
export type Exchange = {
  readonly id: number;
  /** `look-up`: the cache was asked, and nothing was sent. */
  readonly kind: 'ask' | 'look-up';
  readonly question: string;
  /** Of a look-up: the answer that would have been given. */
  readonly answer: string;
  readonly phase: 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';
  /** Set once the answer begins. */
  readonly outcome?: Outcome;
  /** What was looked up, to look it up again; absent when nothing was. */
  readonly request?: PromptRequest;
  /** The highest risk that was served when it was asked; absent while no model ran. */
  readonly maxRisk?: number;
  /** Why it failed, for people. */
  readonly error?: string;
  /** From sending the question to the first and to the last of the answer. */
  readonly firstTextMs?: number;
  readonly elapsedMs?: number;
  /** When it ended, by the clock that the intervals are measured with. */
  readonly endedAtMs?: number;
  /** The error budget when it was asked. */
  readonly maxErrorRate: number;
  /** The user said that this answer was wrong. */
  readonly isWrong: boolean;
};

export function isRunning({ phase }: Exchange): boolean {
  return phase === 'waiting' || phase === 'streaming';
}

/** The earlier prompt that the decision was about, when there was one, and a guard that spoke. */
export function toCandidate(
  outcome: Outcome,
): (Candidate & { readonly guard?: GuardFinding }) | undefined {
  if (outcome.kind === 'hit') return outcome.hit;
  return outcome.kind === 'miss' ? outcome.miss.nearest : undefined;
}

export function savingsOf({ kind, outcome, phase, elapsedMs }: Exchange): Savings {
  if (kind === 'look-up' || outcome?.kind !== 'hit' || phase !== 'done') return noSavings;
  return toSavings(outcome.hit, elapsedMs ?? 0);
}

/** `undefined` while there is no answer to count, and for what was only looked up. */
export function toTally(exchange: Exchange): Tally | undefined {
  const { kind, outcome, phase, isWrong } = exchange;
  if (kind === 'look-up' || outcome === undefined || phase !== 'done') return undefined;
  const source = outcome.kind === 'hit' ? outcome.hit.tier : 'model';
  return { source, savings: savingsOf(exchange), isWrong };
}

/** The finished turns before a question, as the wire wants them. */
export function toHistory(exchanges: readonly Exchange[]): ChatMessage[] {
  return exchanges
    .filter(({ kind, phase }) => kind === 'ask' && phase === 'done')
    .flatMap(({ question, answer }): ChatMessage[] => [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ]);
}

/** What a screen reader says when an answer has ended. */
export function toAnnouncement({ kind, phase, outcome, answer, error }: Exchange): string {
  if (phase === 'failed') return `Failed. ${error ?? ''}`;
  if (phase === 'stopped') return 'Stopped.';
  const badge = outcome === undefined ? '' : `${badgeTexts[toTone(outcome)]}. `;
  return kind === 'look-up' ? `Looked up only: ${badge}${answer}` : `${badge}${answer}`;
}
