import type { LookupResult } from '../shared/decision.js';
import { toSkimpError } from '../shared/errors.js';
import type { SkimpError } from '../shared/errors.js';
import type { ShadowStats } from '../shared/shadow.js';
import { createQueue } from './queue.js';
import type { FreshAnswer, ShadowJudge, ShadowJudgeOptions } from './shadow-judge.js';
import { createShadowLookups } from './shadow-lookups.js';

/** Comparisons that wait, at most: a page that asks faster has some of its answers compared. */
const MAX_WAITING = 100;

export type ShadowModeOptions = ShadowJudgeOptions & {
  readonly onFailure: (error: SkimpError) => void;
};

/** Withholds hits, and compares what they would have served with what the model says. */
export interface ShadowMode {
  /** See `ShadowLookups`. */
  withhold(key: string, result: LookupResult): LookupResult;
  /** Compares in the background; returns at once. */
  compareWith(fresh: FreshAnswer): void;
  stats(): Promise<ShadowStats>;
}

/** What compares is loaded with the first hit that is withheld. */
export function createShadowMode(options: ShadowModeOptions): ShadowMode {
  const lookups = createShadowLookups();
  const queue = createQueue();
  let waiting = 0;

  async function openJudge(): Promise<ShadowJudge> {
    const { createShadowJudge } = await import('./shadow-judge.js');
    return createShadowJudge(options);
  }

  return {
    withhold: lookups.withhold,
    compareWith(fresh) {
      const withheld = lookups.take(fresh.key);
      if (withheld === undefined || waiting >= MAX_WAITING) return;
      waiting += 1;
      queue
        .run(async () => (await openJudge()).judge(withheld, fresh))
        .catch((error: unknown) => options.onFailure(toSkimpError(error, 'internal')))
        .finally(() => {
          waiting -= 1;
        });
    },
    stats: async () => (await openJudge()).stats(),
  };
}
