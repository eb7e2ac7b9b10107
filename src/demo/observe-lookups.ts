import type { Optimizer } from '../client/optimizer.js';
import type { LookupResult } from '../shared/decision.js';
import type { PromptRequest } from '../shared/prompt-request.js';

/** What an optimizer decided about one request. */
export type Observer = {
  readonly onLookup: (result: LookupResult, request: PromptRequest) => void;
  /** The request was not looked up, or its answer not kept. @returns whether to keep it quiet. */
  readonly onSkip: (reason: string) => boolean;
};

/**
 * The same optimizer, with an ear to it: events do not say which request they are about, so that
 * each request gets its own ear.
 */
export function observeLookups(optimizer: Optimizer, { onLookup, onSkip }: Observer): Optimizer {
  return {
    ...optimizer,
    async lookup(request, options) {
      const result = await optimizer.lookup(request, options);
      onLookup(result, request);
      return result;
    },
    report(detail) {
      if (detail.type === 'cache-skip' && onSkip(detail.reason)) return;
      optimizer.report(detail);
    },
  };
}
