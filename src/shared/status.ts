import type { SkimpErrorCode } from './errors.js';
import type { Savings } from './savings.js';
import type { ShadowStats } from './shadow.js';

/** The words of the web platform's `Availability` (Chrome's Prompt API). */
export type Availability = 'unavailable' | 'downloadable' | 'downloading' | 'available';

/** Where the models run. */
export type Backend = 'webgpu' | 'wasm';

/** Up to which risk other wordings are answered at this moment, and the reports that moved it. */
export type RiskThreshold = {
  /** Highest risk served, 0 to 1; 0: only exact repeats are. */
  readonly maxRisk: number;
  /** Reports that counted, since this calibration was first used in this database. */
  readonly goodReports: number;
  readonly wrongReports: number;
};

/** What is known of a model, whatever it can do. */
export type ModelFacts = {
  /** Why, for people: the back end chosen and what spoke against the other one, or what failed. */
  readonly reason: string;
  /** Set once the model runs. */
  readonly backend?: Backend;
  /** Number format of the weights in use: `q8`, `fp16` or `fp32`. */
  readonly dtype?: string;
  /** Model id of the manifest, once it is read. */
  readonly model?: string;
  /** Bytes to download for this back end, and those already here; set while `downloading`. */
  readonly progress?: { readonly loadedBytes: number; readonly totalBytes: number };
};

/** What the compressor's model can do at this moment, and why. */
export type CompressorStatus = ModelFacts & {
  readonly state: Availability;
  /** What failed, when `state` is `unavailable`. */
  readonly code?: SkimpErrorCode;
};

/** What the optimizer can do at this moment, and why. */
export type OptimizerStatus = ModelFacts & {
  /** State of the semantic tier. The exact tier serves in every state. */
  readonly semantic: Availability;
  /** What failed, when `semantic` is `unavailable` through a failure. */
  readonly code?: SkimpErrorCode;
  /** Absent while no model runs. */
  readonly threshold?: RiskThreshold;
  /** State of the compressor; absent before it is first asked for. */
  readonly compressor?: CompressorStatus;
  /** Where entries are kept; `memory` when IndexedDB cannot be used; absent before it is open. */
  readonly storage?: 'indexeddb' | 'memory';
};

/** What the store holds, in every scope. */
export type StoreUsage = {
  readonly entries: number;
  /** Bytes of the entries: an upper estimate, the one that `maxBytes` bounds. */
  readonly bytes: number;
};

/** What was saved, by what it is summed over. */
export type SavingsStats = {
  /** Since the optimizer was created. */
  readonly session: Savings;
  /** In the optimizer's scope, by every tab and on every visit. */
  readonly scope: Savings;
  /** In all scopes of the database. */
  readonly total: Savings;
  /** What shadow mode has measured; absent in any other. */
  readonly shadow?: ShadowStats;
};

/**
 * Counts since the optimizer was created, what was saved, and what the store holds. Every `lookup`
 * counts as one that was served, also where the app throws its answer away.
 */
export type OptimizerStats = StoreUsage &
  SavingsStats & {
    readonly exactHits: number;
    readonly semanticHits: number;
    readonly misses: number;
    readonly stores: number;
    readonly evictions: number;
    /** Hits that the app called wrong by `reportWrongHit`. */
    readonly wrongHits: number;
    /** Hits that the app called good by `reportGoodHit`. */
    readonly goodHits: number;
    /** Tokens of the answers served from the cache, as the provider counted them at first. */
    readonly savedTokens: { readonly prompt: number; readonly completion: number };
    /** Time that the provider took for those answers at first, less the lookups, in milliseconds. */
    readonly savedMs: number;
  };
