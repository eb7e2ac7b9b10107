import type { Optimizer } from '../client/optimizer.js';
import type { CacheHit } from '../shared/decision.js';
import type { PromptRequest } from '../shared/prompt-request.js';
import { askCache } from './ask-cache.js';
import { createFlightLease } from './flight-lease.js';
import { keepAnswer, reportSkip } from './keep-answer.js';
import type { AnswerListener } from './read-along.js';
import { reportFallback } from './report.js';
import type { Outcome, Reason } from './wire/wire-format.js';

/** A call of an app's to a model, as its host makes it. */
export type HostCall<Answer> = {
  readonly signal: AbortSignal | undefined;
  /** What the call asks, or why it is none for the cache. */
  readQuestion(): Promise<Question<Answer> | Reason>;
  /** Whether a call that is none for the cache may be shortened. */
  mayCompress(): boolean;
  /**
   * Makes the call ready: its newest turns may be shortened or not. Rejects only with the reason of
   * the signal; what comes out sends the call.
   */
  prepare(mayCompress: boolean): Promise<() => PromiseLike<Answer>>;
};

/** What a call asks, and how its host tells an answer. */
export type Question<Answer> = {
  readonly request: PromptRequest;
  /** Whether the app wants a fresh answer, which is kept. */
  readonly isRefresh: boolean;
  /** The answer from the cache, as the model would have given it. */
  replay(hit: CacheHit): Answer;
  /** Lets a listener read along, and returns an answer that is to the app what `answer` was. */
  readAlong(answer: Answer, listener: AnswerListener): Answer;
};

/** What {@link answerCall} works with. */
export type AnswerCallOptions = {
  readonly optimizer: Optimizer;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

/** A call to send, whose answer may be kept; the one to settle when others wait for it. */
type Forward<Answer> = { readonly question: Question<Answer>; readonly settle: () => void };

/**
 * Answers a call from the cache, or has the model answer it and keeps what it says. Whatever fails
 * inside, the model is asked.
 *
 * @throws what the model does, or the reason of the call's signal.
 */
export async function answerCall<Answer>(
  options: AnswerCallOptions,
  call: HostCall<Answer>,
): Promise<Answer> {
  const { signal, prepare } = call;
  signal?.throwIfAborted();
  let mayCompress = false;
  try {
    const plan = await consult(options, call);
    if (plan !== undefined && 'question' in plan) return forward(options, call, plan);
    signal?.throwIfAborted();
    if (plan !== undefined) return plan.answer;
    mayCompress = call.mayCompress();
  } catch (error) {
    signal?.throwIfAborted(); // an abort is the app's wish, and no failure
    reportFallback(options.optimizer, error);
  }
  const send = await prepare(mayCompress);
  return send();
}

/** The answer from the cache, or a call to forward; `undefined`: a call to leave alone. */
async function consult<Answer>(
  { optimizer }: AnswerCallOptions,
  { signal, readQuestion }: HostCall<Answer>,
): Promise<{ readonly answer: Answer } | Forward<Answer> | undefined> {
  const question = await readQuestion();
  if (typeof question === 'string') {
    reportSkip(optimizer, question);
    return undefined;
  }
  if (question.isRefresh) return { question, settle: () => {} };
  const found = await askCache(optimizer, question.request, signal);
  return found.kind === 'hit'
    ? { answer: question.replay(found) }
    : { question, settle: found.settle };
}

async function forward<Answer>(
  { optimizer, now }: AnswerCallOptions,
  { signal, prepare }: HostCall<Answer>,
  { question, settle }: Forward<Answer>,
): Promise<Answer> {
  const lease = createFlightLease(settle);
  let sentAt = 0;
  const onDefect = (error: unknown) => reportFallback(optimizer, error);
  const onOutcome = (outcome: Outcome) => {
    keepAnswer(optimizer, question.request, { outcome, latencyMs: Math.max(0, now() - sentAt) })
      .catch(onDefect)
      .finally(lease.end);
  };
  let answer: Answer;
  try {
    const send = await prepare(true);
    sentAt = now();
    answer = await send();
    lease.renew();
  } catch (error) {
    onOutcome(signal?.aborted ? 'the call was aborted' : 'the call failed');
    throw error;
  }
  try {
    return question.readAlong(answer, { onProgress: lease.renew, onOutcome, onDefect });
  } catch (error) {
    onOutcome('the answer could not be read along');
    onDefect(error);
    return answer;
  }
}
