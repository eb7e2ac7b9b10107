import type { Candidate, LookupResult } from '../shared/decision.js';
import type { ShadowComparison } from '../shared/shadow.js';

/** Lookups that await their answer, at most: those of the oldest are not compared. */
const MAX_WITHHELD = 200;

/** What a lookup found, kept from the app until the model has answered. */
export type Withheld = Pick<ShadowComparison, 'tier' | 'wouldServe'> & {
  readonly candidate: Candidate;
  /** What would have been served; absent where nothing would. */
  readonly answer?: string;
  readonly lookupMs: number;
};

/** Lookups of shadow mode, from their answer to the model's. */
export interface ShadowLookups {
  /**
   * Makes a miss of a hit, and remembers what was found.
   *
   * @param key - Of the entry that the fresh answer will have.
   */
  withhold(key: string, result: LookupResult): LookupResult;
  /** What the newest lookup of this prompt found that was not yet taken. */
  take(key: string): Withheld | undefined;
}

export function createShadowLookups(): ShadowLookups {
  const waiting: (Withheld & { readonly key: string })[] = [];

  function remember(key: string, withheld: Withheld): void {
    waiting.push({ key, ...withheld });
    if (waiting.length > MAX_WITHHELD) waiting.shift();
  }

  return {
    withhold(key, result) {
      const { lookupMs } = result;
      if (result.kind === 'miss') {
        const { nearest: candidate } = result;
        if (candidate !== undefined) {
          remember(key, { tier: 'semantic', wouldServe: false, candidate, lookupMs });
        }
        return result;
      }
      const { tier, response, kind: _kind, key: _key, ...found } = result;
      const { lookupMs: _lookupMs, ...candidate } = found;
      remember(key, { tier, wouldServe: true, candidate, answer: response.text, lookupMs });
      return { kind: 'miss', reason: 'shadow', detail: tier, key, nearest: candidate, lookupMs };
    },
    take(key) {
      const index = waiting.findLastIndex((withheld) => withheld.key === key);
      return index < 0 ? undefined : waiting.splice(index, 1)[0];
    },
  };
}
