import type { CompressionResult } from '../../shared/compression.js';
import { formatMs, formatNoun, formatPercent } from '../format.js';
import type { SkimpHost, SkimpState } from '../skimp-host.js';
import { createStore, type Store } from '../store.js';
import { type Example, examples, type Prompt } from './examples.js';

/** A prompt and what became of its text. */
export type Compressed = {
  readonly prompt: Prompt;
  readonly keepRatio: number;
  readonly result: CompressionResult;
};

export type CompressorState = Prompt & {
  /** Share of the tokens to keep, 0.1 to 1. */
  readonly keepRatio: number;
  readonly phase:
    | 'empty'
    /** The model is not there yet, or cannot be had: the badge says which. */
    | 'waiting'
    | 'running'
    | 'done'
    | 'stopped'
    | 'failed';
  /** How many of the text's windows the model has read; set while `running` once it reads. */
  readonly progress?: { readonly done: number; readonly total: number } | undefined;
  /** Why it failed, for people. */
  readonly error?: string | undefined;
  /** The newest result; while `running` it is that of an earlier prompt or ratio. */
  readonly compressed?: Compressed | undefined;
};

/** The compressor page, without its looks. No method rejects. */
export interface CompressorSession {
  readonly state: Store<CompressorState>;
  /** Changes what is compressed, or how far, and compresses it anew after a pause. */
  change(part: Partial<Prompt & Pick<CompressorState, 'keepRatio'>>): void;
  pick(example: Example): void;
  stop(): void;
  /** Compresses what is there, at once. */
  restart(): void;
  /** Follows the model: compresses when it has come. @returns a function that ends this. */
  follow(): () => void;
}

/** What the session needs of the {@link SkimpHost}. */
export type CompressorHost = Pick<SkimpHost, 'current'> & {
  readonly state: {
    get(): Pick<SkimpState, 'status'>;
    subscribe(listener: () => void): () => void;
  };
};

export type CompressorSessionOptions = {
  readonly host: CompressorHost;
  /** Says something to screen readers. */
  readonly announce: (text: string) => void;
  /** Resolves after so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
};

/** Pause after a change before work begins: between two steps of a slider, or two letters. */
const PAUSE_MS = 250;

export function createCompressorSession(options: CompressorSessionOptions): CompressorSession {
  const { host } = options;
  const [{ text, question, task }] = examples;
  const state = createStore<CompressorState>({
    text,
    question,
    task,
    keepRatio: 0.5,
    phase: 'waiting',
  });
  let controller = new AbortController();

  /** Ends what runs, and begins anew. */
  function begin(pauseMs: number): void {
    controller.abort();
    controller = new AbortController();
    void run(controller.signal, pauseMs);
  }

  async function run(signal: AbortSignal, pauseMs: number): Promise<void> {
    if (pauseMs > 0) await options.wait(pauseMs);
    if (signal.aborted) return;
    if (state.get().text.trim() === '') {
      state.update({ ...idle, phase: 'empty', compressed: undefined });
      return;
    }
    if (!isModelReady(host)) {
      state.update({ ...idle, phase: 'waiting' });
      return;
    }
    state.update({ ...idle, phase: 'running' });
    const end = await compress(host, state, signal);
    if (signal.aborted) return;
    state.update({ ...idle, ...end });
    options.announce(toSummary(state.get()));
  }

  return {
    state,
    change(part) {
      state.update(part);
      begin(PAUSE_MS);
    },
    pick({ text, question, task }) {
      state.update({ text, question, task });
      begin(0);
    },
    stop() {
      controller.abort();
      if (state.get().phase === 'running') state.update({ ...idle, phase: 'stopped' });
    },
    restart: () => begin(0),
    follow() {
      const look = () => {
        if (state.get().phase === 'waiting' && isModelReady(host)) begin(0);
      };
      look();
      return host.state.subscribe(look);
    },
  };
}

const idle = { progress: undefined, error: undefined } as const;

function isModelReady(host: CompressorHost): boolean {
  return host.state.get().status?.compressor?.state === 'available';
}

/** Compresses what the state holds and tells it the progress. Does not reject. */
async function compress(
  host: CompressorHost,
  state: Store<CompressorState>,
  signal: AbortSignal,
): Promise<Pick<CompressorState, 'phase' | 'error' | 'compressed'>> {
  const { text, question, task, keepRatio, compressed } = state.get();
  const optimizer = host.current();
  if (optimizer === undefined)
    return { phase: 'failed', error: 'skimp is not running.', compressed };
  let reason = 'the event log says why';
  const unsubscribe = optimizer.onEvent((event) => {
    if (event.type === 'fallback') ({ reason } = event);
  });
  try {
    const result = await optimizer.compress(text, {
      keepRatio,
      question,
      task,
      signal,
      counter: 'exact',
      explain: true,
      onProgress: (done, total) => {
        if (!signal.aborted) state.update({ progress: { done, total } });
      },
    });
    if (result.skipped === 'unavailable') return toFailed(reason);
    return { phase: 'done', compressed: { prompt: { text, question, task }, keepRatio, result } };
  } catch (error) {
    return toFailed(error instanceof Error ? error.message : String(error));
  } finally {
    unsubscribe();
  }
}

/** What an earlier text came to says nothing about one that failed. */
function toFailed(reason: string): Pick<CompressorState, 'phase' | 'error' | 'compressed'> {
  return {
    phase: 'failed',
    error: `The text would go out as it is: ${reason}`,
    compressed: undefined,
  };
}

/** What a screen reader says when a text is done. */
export function toSummary({ phase, compressed, error }: CompressorState): string {
  if (phase === 'failed') return error ?? 'Failed.';
  if (compressed === undefined) return '';
  const { originalTokens, keptTokens, milliseconds } = compressed.result;
  const tokens = `${formatNoun(keptTokens, 'token')} of ${formatNoun(originalTokens, 'token')} kept`;
  const share = formatPercent(keptTokens / Math.max(originalTokens, 1));
  return `${tokens}, ${share}, in ${formatMs(milliseconds)}.`;
}
