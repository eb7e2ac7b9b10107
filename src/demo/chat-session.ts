import type { Optimizer } from '../client/optimizer.js';
import type { LookupResult } from '../shared/decision.js';
import { type Exchange, isRunning, toAnnouncement, toHistory, toTally } from './exchange.js';
import { observeLookups } from './observe-lookups.js';
import { type Outcome, toOutcome } from './outcome.js';
import { AnswerError, readAnswer } from './read-answer.js';
import { addTally, noTotals, type Totals } from './savings.js';
import type { DemoSettings } from './settings.js';
import type { SkimpHost } from './skimp-host.js';
import { createStore, type Store } from './store.js';
import { SettingsError, toUpstreamCall } from './upstream.js';

export type ChatState = {
  readonly exchanges: readonly Exchange[];
  /** Totals of the exchanges that `reset` removed. */
  readonly earlierTotals: Totals;
  /** For the live region: the newest thing to say. */
  readonly announcement: string;
};

/** The chat, without its looks. */
export interface ChatSession {
  readonly state: Store<ChatState>;
  /** Sends a question; ignored while another is under way. Never rejects. */
  ask(question: string): Promise<void>;
  stop(): void;
  /** Settles when no answer is under way. */
  idle(): Promise<void>;
  /** Empties the view; totals and stored answers stay. */
  reset(): void;
  reportWrong(id: number): Promise<void>;
}

export type ChatSessionOptions = {
  readonly host: SkimpHost;
  readonly settings: () => DemoSettings;
  readonly createSkimpFetch: (optimizer: Optimizer, baseFetch: typeof fetch) => typeof fetch;
  readonly fetch: typeof fetch;
  /** Milliseconds, for intervals. */
  readonly now: () => number;
};

export function createChatSession(options: ChatSessionOptions): ChatSession {
  const state = createStore<ChatState>({
    exchanges: [],
    earlierTotals: noTotals,
    announcement: '',
  });
  let running: Promise<void> = Promise.resolve();
  let controller: AbortController | undefined;
  let lastId = 0;

  function change(id: number, part: Partial<Exchange>): void {
    const { exchanges } = state.get();
    state.update({
      exchanges: exchanges.map((one) => (one.id === id ? { ...one, ...part } : one)),
    });
  }

  async function run(id: number, question: string, signal: AbortSignal): Promise<void> {
    const startedAt = options.now();
    const elapsed = () => options.now() - startedAt;
    try {
      await options.host.started;
      const { response, outcome } = await send(question, signal);
      change(id, { outcome });
      let answer = '';
      for await (const piece of readAnswer(response)) {
        signal.throwIfAborted(); // the SSE reader of a replay may have the rest at hand already
        if (answer === '') change(id, { phase: 'streaming', firstTextMs: elapsed() });
        answer += piece;
        change(id, { answer });
      }
      change(id, { phase: 'done', elapsedMs: elapsed() });
    } catch (error) {
      const end = signal.aborted ? ({ phase: 'stopped' } as const) : toFailed(error);
      change(id, { ...end, elapsedMs: elapsed() });
    }
  }

  async function send(question: string, signal: AbortSignal) {
    const settings = options.settings();
    const { exchanges } = state.get();
    const history = settings.keepsConversation ? toHistory(exchanges) : [];
    const messages = [...history, { role: 'user', content: question } as const];
    const { url, init } = toUpstreamCall(settings, messages);
    const watched = watch(options, settings);
    const response = await watched.send(url, { ...init, signal });
    return { response, outcome: watched.toOutcome(response) };
  }

  return {
    state,
    async ask(question) {
      const text = question.trim();
      const { exchanges } = state.get();
      if (text === '' || exchanges.some(isRunning)) return;
      lastId += 1;
      const id = lastId;
      const { maxErrorRate } = options.settings();
      const asked = { id, question: text, answer: '', phase: 'waiting', isWrong: false } as const;
      state.update({ exchanges: [...exchanges, { ...asked, maxErrorRate }], announcement: '' });
      controller = new AbortController();
      running = run(id, text, controller.signal);
      await running;
      const ended = state.get().exchanges.find((one) => one.id === id);
      if (ended) state.update({ announcement: toAnnouncement(ended) });
    },
    stop: () => controller?.abort(),
    idle: () => running,
    reset() {
      controller?.abort();
      state.update({ exchanges: [], earlierTotals: toTotals(state.get()), announcement: '' });
    },
    async reportWrong(id) {
      const outcome = state.get().exchanges.find((one) => one.id === id)?.outcome;
      if (outcome?.kind !== 'hit') return;
      change(id, { isWrong: true });
      await options.host.reportWrongHit(outcome.hit.key);
      state.update({ announcement: 'The stored answer is removed.' });
    },
  };
}

/** What all answers so far came to. */
export function toTotals({ exchanges, earlierTotals }: ChatState): Totals {
  return exchanges
    .map(toTally)
    .filter((tally) => tally !== undefined)
    .reduce(addTally, earlierTotals);
}

/** The `fetch` for one question, and an ear for what skimp decides about it. */
function watch({ host, createSkimpFetch, fetch }: ChatSessionOptions, settings: DemoSettings) {
  let lookup: LookupResult | undefined;
  let bypassReason = settings.isSkimpOn
    ? 'skimp is not running: the event log says why.'
    : 'skimp is switched off: the request went out as it was.';
  const optimizer = settings.isSkimpOn ? host.current() : undefined;
  const send =
    optimizer === undefined
      ? fetch
      : createSkimpFetch(
          observeLookups(optimizer, {
            onLookup: (result) => {
              lookup = result;
            },
            onSkip: (reason) => {
              bypassReason = `skimp passed the request on: ${reason}.`;
            },
          }),
          fetch,
        );
  return {
    send,
    toOutcome: (response: Response): Outcome => toOutcome(response, lookup, bypassReason),
  };
}

function toFailed(error: unknown): Partial<Exchange> {
  const isForPeople = error instanceof AnswerError || error instanceof SettingsError;
  const message = isForPeople ? error.message : `The upstream cannot be reached: ${String(error)}`;
  return { phase: 'failed', error: message };
}
