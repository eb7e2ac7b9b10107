import { proxy } from 'comlink';
import type { Remote } from 'comlink';
import type { CompressionResult, TokenCounter } from '../shared/compression.js';
import { toUnchanged } from '../shared/to-unchanged.js';
import type { TraceDetail } from '../shared/trace.js';
import type { CompressionProgress, WorkerApi } from '../shared/worker-api.js';
import { assertCompression } from './compress-options.js';
import type { CompressOptions } from './compress-options.js';
import type { Optimizer } from './optimizer.js';
import type { CallLimits } from './worker-link.js';

/** What compressing needs of the optimizer. */
export type CompressParts = {
  /** Runs a call that must not fail: past a failure, `otherwise` lets the app go on. */
  readonly attempt: (
    action: (api: Remote<WorkerApi>) => Promise<CompressionResult>,
    limits: CallLimits,
    otherwise: () => CompressionResult,
  ) => Promise<CompressionResult>;
  /** Tells the worker, if there is one, that a job is not wanted any more. */
  readonly abandon: (job: number) => void;
  readonly report: (detail: TraceDetail) => void;
  /** Where the call names none. */
  readonly counter: TokenCounter;
};

/** Makes the `compress` of an optimizer. */
export function createCompress(parts: CompressParts): Optimizer['compress'] {
  let jobs = 0;
  return async (text, options) => {
    assertCompression(text, options);
    const { signal, deadlineMs, onProgress, ...request } = options;
    const counter = options.counter ?? parts.counter;
    const job = { id: (jobs += 1), request: { ...request, text, counter } };
    const progress = createProgress(onProgress);
    let isAnswered = false;
    const send = async (api: Remote<WorkerApi>) => {
      const result = await api.compress(job, progress.listener);
      isAnswered = true;
      return result;
    };
    const limits = deadlineMs === undefined ? { signal } : { signal, deadlineMs };
    try {
      const result = await parts.attempt(send, limits, () => toUnchanged(text));
      if (result.skipped !== 'unavailable') parts.report(toEvent(result));
      return result;
    } finally {
      progress.end();
      if (!isAnswered) parts.abandon(job.id);
    }
  };
}

/** A listener that crosses threads, told nothing after the end. */
function createProgress(listener: CompressOptions['onProgress']) {
  let isOver = false;
  const tell: CompressionProgress = (done, total) => {
    if (isOver) return;
    try {
      listener?.(done, total);
    } catch (error) {
      reportError(error); // the app's own defect: visible in its console, harmless to the text
    }
  };
  const end = () => {
    isOver = true;
  };
  return { listener: listener === undefined ? undefined : proxy(tell), end };
}

function toEvent(result: CompressionResult): TraceDetail {
  const { text: _text, kept: _kept, protected: _protected, ...counts } = result;
  return { type: 'compress', ...counts };
}
