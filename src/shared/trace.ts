import type { CompressionResult } from './compression.js';
import type { CacheHit, CacheMiss } from './decision.js';
import type { SkimpErrorCode } from './errors.js';
import type { ShadowComparison } from './shadow.js';
import type { OptimizerStatus, RiskThreshold } from './status.js';

/** What happened, in order. `at` is the time in milliseconds since the epoch. */
export type TraceEvent = { readonly at: number } & TraceDetail;

export type TraceDetail =
  | ({ readonly type: 'cache-hit' } & Omit<CacheHit, 'kind' | 'response'>)
  | ({ readonly type: 'cache-miss' } & Omit<CacheMiss, 'kind'>)
  | { readonly type: 'cache-store'; readonly key: string; readonly bytes: number }
  /** An answer was not stored: the request or the answer is of a kind that is never cached. */
  | { readonly type: 'cache-skip'; readonly reason: string }
  | { readonly type: 'cache-evict'; readonly entries: number; readonly bytes: number }
  | { readonly type: 'cache-clear'; readonly entries: number }
  | { readonly type: 'cache-remove'; readonly key: string }
  | { readonly type: 'cache-import'; readonly imported: number; readonly skipped: number }
  | { readonly type: 'wrong-hit'; readonly key: string }
  | { readonly type: 'good-hit'; readonly key: string }
  /** A report moved the highest risk that is served. */
  | ({ readonly type: 'threshold-change' } & RiskThreshold)
  /** In shadow mode, some time after the answer: an earlier one was compared with it. */
  | ({ readonly type: 'shadow-compare' } & ShadowComparison)
  | ({ readonly type: 'status-change' } & OptimizerStatus)
  /** A text lost words, or needed not to: `skipped` says why. */
  | ({ readonly type: 'compress' } & Omit<CompressionResult, 'text' | 'kept' | 'protected'>)
  | { readonly type: 'worker-restart'; readonly attempt: number; readonly reason: string }
  /** skimp stepped aside: the app's request goes out as the app wrote it. */
  | { readonly type: 'fallback'; readonly code: SkimpErrorCode; readonly reason: string }
  /**
   * A request goes out with so many messages that lost words, in this request or in the one that
   * sent them first. The tokens are those of what of them was compressed, before and after;
   * `milliseconds` is what the request waited for it.
   */
  | {
      readonly type: 'compress-request';
      readonly messages: number;
      /** The model asked for, where the body names it. */
      readonly model?: string;
      readonly originalTokens: number;
      readonly sentTokens: number;
      readonly milliseconds: number;
    };

/** Receives every {@link TraceEvent}; an exception in it is reported and otherwise ignored. */
export type TraceListener = (event: TraceEvent) => void;
