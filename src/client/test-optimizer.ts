import { afterEach } from 'vitest';
import type { PromptRequest, StoredResponse } from '../shared/prompt-request.js';
import type { TraceEvent } from '../shared/trace.js';
import { createOptimizer } from './create-optimizer.js';
import type { Optimizer } from './optimizer.js';
import type { OptimizerOptions } from './options.js';

export const answer: StoredResponse = {
  text: 'Paris.',
  model: 'm',
  usage: { promptTokens: 8, completionTokens: 3 },
  latencyMs: 900,
};
export const ask = (query: string): PromptRequest => ({
  query,
  model: 'm',
  context: [],
  params: {},
});
export const question = ask('What is the capital of France?');
/** `question`, so nearly that any model embeds it alike. */
export const rephrased = ask('what is the capital of france');

/** What a test that waits for a model, on a busy machine, must not fail of. */
export const patient = { deadlineMs: 20_000 };

/** Serves whatever embeds nearly alike, so that a test does not depend on the shipped weights. */
export const lenient = {
  worker: () =>
    new Worker(new URL('./test-workers/lenient-model.ts', import.meta.url), { type: 'module' }),
};

const opened: Optimizer[] = [];
afterEach(() => {
  for (const optimizer of opened.splice(0)) optimizer.close();
});

/** An optimizer with a database of its own, closed after the test, and its events so far. */
export function open(options: Partial<OptimizerOptions> = {}) {
  const events: TraceEvent[] = [];
  const optimizer = createOptimizer({
    scope: 'anna',
    databaseName: `test-${crypto.randomUUID()}`,
    autoDownload: false,
    ...patient,
    onEvent: (event) => events.push(event),
    ...options,
  });
  opened.push(optimizer);
  /** Codes of the `fallback` events so far. */
  const fallbacks = () =>
    events.flatMap((event) => (event.type === 'fallback' ? [event.code] : []));
  return { optimizer, events, fallbacks };
}
