import type { Optimizer } from '../client/optimizer.js';
import type { PromptRequest } from '../shared/prompt-request.js';
import { report } from './report.js';
import type { Outcome, Reason } from './wire/wire-format.js';

/** How a call to the model ended. */
export type Answer = {
  readonly outcome: Outcome;
  /** From sending the request to the last byte of the answer. */
  readonly latencyMs: number;
};

/** Stores an answer, or tells why it is none to keep. */
export async function keepAnswer(
  optimizer: Pick<Optimizer, 'store' | 'report'>,
  request: PromptRequest,
  { outcome, latencyMs }: Answer,
): Promise<void> {
  if (typeof outcome === 'string') {
    reportSkip(optimizer, outcome);
    return;
  }
  const model = outcome.model || request.model; // some servers do not say
  await optimizer.store(request, { ...outcome, model, latencyMs });
}

/** Tells why a call or an answer is none for the cache. */
export function reportSkip(optimizer: Pick<Optimizer, 'report'>, reason: Reason): void {
  report(optimizer, { type: 'cache-skip', reason });
}
