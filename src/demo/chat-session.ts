import type { Optimizer } from '../client/optimizer.js';
import { type Exchange, isRunning, toAnnouncement, toHistory, toTally } from './exchange.js';
import { AnswerError, readAnswer } from './read-answer.js';
import { addTally, noTotals, type Totals } from './savings.js';
import type { DemoSettings } from './settings.js';
import type { SkimpHost } from './skimp-host.js';
import { createStore, type Store } from './store.js';
import { SettingsError, toUpstreamCall } from './upstream.js';
import { watchRequest } from './watch-request.js';

export type ChatState = {
  readonly exchanges: readonly Exchange[];
  /** What `reset` removed from the view: totals and charts go on from there. */
  readonly earlier: readonly Exchange[];
  /** How far `askAll` is; absent when it does not run. */
  readonly batch?: { readonly done: number; readonly total: number } | undefined;
  /** For the live region: the newest thing to say. */
  readonly announcement: string;
};

/** The chat, without its looks. */
export interface ChatSession {
  readonly state: Store<ChatState>;
  /** Sends a question; ignored while another is under way. Never rejects. */
  ask(question: string): Promise<void>;
  /** Asks the cache alone: nothing is sent, stored or counted as saved. Never rejects. */
  lookUp(question: string): Promise<void>;
  /** Asks one after another, until `stop`. */
  askAll(questions: readonly string[]): Promise<void>;
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
    earlier: [],
    announcement: '',
  });
  let running: Promise<void> = Promise.resolve();
  let controller: AbortController | undefined;
  let lastId = 0;
  let isStopped = false;

  function change(id: number, part: Partial<Exchange>): void {
    const { exchanges } = state.get();
    state.update({
      exchanges: exchanges.map((one) => (one.id === id ? { ...one, ...part } : one)),
    });
  }

  async function run(exchange: Exchange, signal: AbortSignal): Promise<void> {
    const { id } = exchange;
    const startedAt = options.now();
    const end = (part: Partial<Exchange>) => {
      const endedAtMs = options.now();
      change(id, { ...part, endedAtMs, elapsedMs: endedAtMs - startedAt });
    };
    try {
      await options.host.started;
      const response = await send(exchange, signal);
      let answer = '';
      for await (const piece of response.status === 204 ? [] : readAnswer(response)) {
        signal.throwIfAborted(); // the SSE reader of a replay may have the rest at hand already
        if (answer === '') {
          change(id, { phase: 'streaming', firstTextMs: options.now() - startedAt });
        }
        answer += piece;
        change(id, { answer });
      }
      end({ phase: 'done' });
    } catch (error) {
      end(signal.aborted ? { phase: 'stopped' } : toFailed(error));
    }
  }

  async function send({ id, kind, question }: Exchange, signal: AbortSignal): Promise<Response> {
    const settings = options.settings();
    const { host, createSkimpFetch, fetch } = options;
    const earlier = state.get().exchanges.filter((one) => one.id !== id);
    const history = settings.keepsConversation ? toHistory(earlier) : [];
    const messages = [...history, { role: 'user', content: question } as const];
    const { url, init } = toUpstreamCall(settings, messages);
    const { isSkimpOn } = settings;
    const optimizer = isSkimpOn ? host.current() : undefined;
    const maxRisk = host.state.get().status?.threshold?.maxRisk;
    const watched = watchRequest({ optimizer, isSkimpOn, kind, createSkimpFetch, fetch });
    const response = await watched.send(url, { ...init, signal });
    const request = watched.request();
    change(id, {
      outcome: watched.toOutcome(response),
      ...(request && { request }),
      ...(maxRisk !== undefined && { maxRisk }),
    });
    return response;
  }

  async function begin(kind: Exchange['kind'], question: string): Promise<void> {
    const text = question.trim();
    const { exchanges } = state.get();
    if (text === '' || exchanges.some(isRunning)) return;
    lastId += 1;
    const { maxErrorRate } = options.settings();
    const asked = { id: lastId, kind, question: text, answer: '', phase: 'waiting' } as const;
    const exchange: Exchange = { ...asked, maxErrorRate, isWrong: false };
    state.update({ exchanges: [...exchanges, exchange], announcement: '' });
    controller = new AbortController();
    running = run(exchange, controller.signal);
    await running;
    const ended = state.get().exchanges.find((one) => one.id === exchange.id);
    if (ended) state.update({ announcement: toAnnouncement(ended) });
  }

  async function askAll(questions: readonly string[]): Promise<void> {
    if (state.get().batch !== undefined) return;
    isStopped = false;
    for (const [done, question] of questions.entries()) {
      if (isStopped) break;
      state.update({ batch: { done, total: questions.length } });
      await running;
      await begin('ask', question);
    }
    state.update({ batch: undefined });
  }

  function stop(): void {
    isStopped = true;
    controller?.abort();
  }

  return {
    state,
    ask: (question) => begin('ask', question),
    lookUp: (question) => begin('look-up', question),
    askAll,
    stop,
    idle: () => running,
    reset() {
      stop();
      const { earlier, exchanges } = state.get();
      state.update({ exchanges: [], earlier: [...earlier, ...exchanges], announcement: '' });
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

/** All that was asked since the page was opened, in order. */
export function toAllExchanges({ earlier, exchanges }: ChatState): readonly Exchange[] {
  return [...earlier, ...exchanges];
}

/** What all answers so far came to. */
export function toTotals(state: ChatState): Totals {
  return toAllExchanges(state)
    .map(toTally)
    .filter((tally) => tally !== undefined)
    .reduce(addTally, noTotals);
}

function toFailed(error: unknown): Partial<Exchange> {
  const isForPeople = error instanceof AnswerError || error instanceof SettingsError;
  if (isForPeople) return { phase: 'failed', error: error.message };
  // Only `false` is certain: a network need not lead anywhere.
  const isOffline = globalThis.navigator?.onLine === false;
  const why = isOffline
    ? 'There is no network, and nothing stored answers this. Stored answers still work.'
    : `The upstream cannot be reached: ${String(error)}`;
  return { phase: 'failed', error: why };
}
