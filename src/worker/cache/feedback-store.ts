import type { Feedback } from './feedback.js';

/** Hits that await their report, at most: past it the oldest can no longer be reported on. */
export const MAX_SERVED = 1_000;

/** A semantic hit that was served, once or more, and not yet reported on. */
export type ServedRecord = {
  /** The threshold that let it through: see threshold.ts. */
  readonly threshold: string;
  /** Of the entry that answered. */
  readonly key: string;
  readonly count: number;
  /** Grows with each hit that is served. */
  readonly order: number;
};

/** Where reports on hits are kept. Any method may throw {@link SkimpError} `storage-blocked`. */
export interface FeedbackStore {
  /** What is stored, not yet checked; `undefined` where nothing is. */
  read(threshold: string): Promise<unknown>;
  /** Notes a semantic hit: one report on it will count. */
  noteServed(threshold: string, key: string): Promise<void>;
  /**
   * Uses up one hit that was noted and updates the feedback, both or neither.
   *
   * @returns what is stored then, or `undefined` when no such hit awaits its report.
   */
  takeReport(
    threshold: string,
    key: string,
    update: (stored: unknown) => Feedback,
  ): Promise<Feedback | undefined>;
  /** Forgets hits of entries whose traces are to be gone. The feedback stays. */
  forgetServed(keys: readonly string[]): Promise<void>;
}

/** @param known - Feedback by threshold, of a store that failed. */
export function createMemoryFeedbackStore(
  known: ReadonlyMap<string, Feedback> = new Map(),
): FeedbackStore {
  const feedback = new Map(known);
  const served = new Map<string, ServedRecord>();
  const idOf = (threshold: string, key: string) => `${threshold} ${key}`;
  let order = 0;
  return {
    read: async (threshold) => feedback.get(threshold),
    async noteServed(threshold, key) {
      const id = idOf(threshold, key);
      const count = (served.get(id)?.count ?? 0) + 1;
      served.delete(id); // the order of a map is that of insertion
      served.set(id, { threshold, key, count, order: (order += 1) });
      const [oldest] = served.keys();
      if (served.size > MAX_SERVED && oldest !== undefined) served.delete(oldest);
    },
    async takeReport(threshold, key, update) {
      const id = idOf(threshold, key);
      const record = served.get(id);
      if (record === undefined) return undefined;
      if (record.count === 1) served.delete(id);
      else served.set(id, { ...record, count: record.count - 1 });
      const updated = update(feedback.get(threshold));
      feedback.set(threshold, updated);
      return updated;
    },
    async forgetServed(keys) {
      const doomed = new Set(keys);
      for (const [id, { key }] of served) if (doomed.has(key)) served.delete(id);
    },
  };
}
