import type { Optimizer } from '../client/optimizer.js';
import type { CacheHit, LookupResult } from '../shared/decision.js';
import type { PromptRequest } from '../shared/prompt-request.js';
import { untilAbort } from './until-abort.js';

/** The cache has no answer. Call `settle` once the model's is stored, or will not be: others may wait for it. */
export type Unanswered = { readonly kind: 'unanswered'; readonly settle: () => void };

/**
 * Asks the cache. While another call has the model answer the same prompt, this one waits for that
 * answer and asks again.
 *
 * @throws the signal's reason.
 */
export async function askCache(
  optimizer: Pick<Optimizer, 'lookup' | 'joinFlight'>,
  request: PromptRequest,
  signal: AbortSignal | undefined,
): Promise<CacheHit | Unanswered> {
  const lookup = () => optimizer.lookup(request, signal ? { signal } : {});
  const join = (result: LookupResult) =>
    result.kind === 'hit' || result.key === undefined
      ? undefined
      : optimizer.joinFlight(result.key);
  let result = await lookup();
  let flight = join(result);
  if (flight?.role === 'follower') {
    await untilAbort(flight.settled, signal);
    result = await lookup();
    // Waiting again could take turns for ever, where the answers are of a kind that is not kept.
    flight = join(result);
  }
  if (result.kind === 'hit') return result;
  return { kind: 'unanswered', settle: flight?.role === 'leader' ? flight.settle : () => {} };
}
