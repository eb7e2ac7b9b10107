import type { Optimizer } from '../client/optimizer.js';
import { toSkimpError } from '../shared/errors.js';
import type { TraceDetail } from '../shared/trace.js';

/** Tells the app's listeners; one that is broken must not cost the app its answer. */
export function report(optimizer: Pick<Optimizer, 'report'>, detail: TraceDetail): void {
  try {
    optimizer.report(detail);
  } catch {
    // the app's own defect, and nobody is left to tell
  }
}

/** Tells that skimp stepped aside, and why. */
export function reportFallback(optimizer: Pick<Optimizer, 'report'>, error: unknown): void {
  const { code, message } = toSkimpError(error, 'internal');
  report(optimizer, { type: 'fallback', code, reason: message });
}
