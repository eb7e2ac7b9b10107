import { createDeferred } from '../shared/deferred.js';
/** One request under way for an answer that several callers want. */
export type Flight =
  | { readonly role: 'leader'; readonly settle: () => void }
  | { readonly role: 'follower'; readonly settled: Promise<void> };

/** Lets each request go by itself. */
export const leadAlone = (): Flight => ({ role: 'leader', settle: () => {} });

/** Lets identical concurrent requests share one: see `Optimizer.joinFlight`. */
export function createSingleFlight(): (key: string) => Flight {
  const flights = new Map<string, Promise<void>>();
  return (key) => {
    const settled = flights.get(key);
    if (settled !== undefined) return { role: 'follower', settled };
    const { promise, resolve } = createDeferred<void>();
    flights.set(key, promise);
    return {
      role: 'leader',
      settle: () => {
        if (flights.get(key) === promise) flights.delete(key);
        resolve();
      },
    };
  };
}
