import type { Optimizer } from '../client/optimizer.js';
import type { LookupResult } from '../shared/decision.js';
import type { PromptRequest } from '../shared/prompt-request.js';
import type { Exchange } from './exchange.js';
import { observeLookups } from './observe-lookups.js';
import { type Outcome, toOutcome } from './outcome.js';

export type WatchOptions = {
  /** `undefined`: skimp is not running, or switched off. */
  readonly optimizer: Optimizer | undefined;
  readonly isSkimpOn: boolean;
  readonly kind: Exchange['kind'];
  readonly createSkimpFetch: (optimizer: Optimizer, baseFetch: typeof fetch) => typeof fetch;
  readonly fetch: typeof fetch;
};

/** A `fetch` for one question, and what skimp decided about it. */
export interface WatchedRequest {
  readonly send: typeof fetch;
  toOutcome(response: Response): Outcome;
  /** What was looked up; `undefined` when nothing was. */
  request(): PromptRequest | undefined;
}

/** Makes the `fetch` for one question; that of a look-up sends nothing and answers a miss with 204. */
export function watchRequest(options: WatchOptions): WatchedRequest {
  const { optimizer, kind, createSkimpFetch } = options;
  const isLookUp = kind === 'look-up';
  const baseFetch: typeof fetch = isLookUp ? async () => noAnswer() : options.fetch;
  let request: PromptRequest | undefined;
  let lookup: LookupResult | undefined;
  let bypassReason = toBypassReason(options);
  const observer = {
    onLookup: (result: LookupResult, asked: PromptRequest) => {
      lookup = result;
      request = asked;
    },
    onSkip: (reason: string) => {
      if (!isLookUp) bypassReason = `skimp passed the request on: ${reason}.`;
      return isLookUp; // that there is no answer to keep is no news
    },
  };
  return {
    send:
      optimizer === undefined
        ? baseFetch
        : createSkimpFetch(observeLookups(optimizer, observer), baseFetch),
    toOutcome: (response) => toOutcome(response, lookup, bypassReason),
    request: () => request,
  };
}

function noAnswer(): Response {
  return new Response(null, { status: 204 });
}

function toBypassReason({ isSkimpOn, kind }: WatchOptions): string {
  const effect = kind === 'look-up' ? 'nothing was looked up' : 'the request went out as it was';
  return isSkimpOn
    ? `skimp is not running, and ${effect}: the event log says why.`
    : `skimp is switched off: ${effect}.`;
}
