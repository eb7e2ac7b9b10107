import type { Optimizer } from '../client/optimizer.js';
import type { LookupResult } from '../shared/decision.js';

/** What an optimizer decided about one request. */
export type Observer = {
  readonly onLookup: (result: LookupResult) => void;
  /** The request was not looked up. */
  readonly onSkip: (reason: string) => void;
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
      onLookup(result);
      return result;
    },
    report(detail) {
      if (detail.type === 'cache-skip') onSkip(detail.reason);
      optimizer.report(detail);
    },
  };
}
