import type { RiskThreshold } from '../../shared/status.js';
import { toHex } from '../../shared/to-hex.js';
import { afterReport, readFeedback, toAdaptedMaxRisk } from './feedback.js';
import type { Feedback, Verdict } from './feedback.js';
import type { FeedbackStore } from './feedback-store.js';
import { toMaxRisk } from './risk.js';
import type { RiskModel } from './risk.js';
import { toCanonicalJson } from './scope-key.js';

/** The highest risk served: calibrated, and moved by what users report. */
export interface Threshold {
  /** Names calibration and error budget: another of either starts afresh. */
  readonly id: string;
  read(): RiskThreshold;
  /** Notes that a hit was served, so that one report on it counts. */
  noteServed(key: string): void;
  /** @returns whether the report counted: it must be about a hit that was noted. */
  report(key: string, verdict: Verdict): Promise<boolean>;
  /** What the reports have come to, by `id`: for another store. */
  feedback(): ReadonlyMap<string, Feedback>;
  /** Reads again what another tab may have changed. */
  reload(): Promise<void>;
}

export type ThresholdOptions = {
  readonly store: FeedbackStore;
  readonly riskModel: RiskModel;
  readonly maxErrorRate: number;
};

export async function openThreshold({
  store,
  riskModel,
  maxErrorRate,
}: ThresholdOptions): Promise<Threshold> {
  const calibratedMaxRisk = toMaxRisk(maxErrorRate, riskModel);
  const id = await toDigest(toCanonicalJson({ ...riskModel, maxErrorRate }));
  let feedback: Feedback = readFeedback(await store.read(id));
  return {
    id,
    read: () => ({
      maxRisk: toAdaptedMaxRisk(calibratedMaxRisk, feedback),
      goodReports: feedback.goodReports,
      wrongReports: feedback.wrongReports,
    }),
    noteServed: (key) => void store.noteServed(id, key).catch(() => {}), // reports on it do not count
    async report(key, verdict) {
      const updated = await store.takeReport(id, key, (stored) =>
        afterReport(readFeedback(stored), verdict, maxErrorRate),
      );
      feedback = updated ?? feedback;
      return updated !== undefined;
    },
    feedback: () => new Map([[id, feedback]]),
    async reload() {
      feedback = readFeedback(await store.read(id));
    },
  };
}

async function toDigest(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return toHex(new Uint8Array(digest));
}
