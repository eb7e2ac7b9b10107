/** What the answer will be made of: it steers what is kept. */
export const compressionTasks = ['qa', 'summary', 'code'] as const;

/** See {@link compressionTasks}. */
export type CompressionTask = (typeof compressionTasks)[number];

/**
 * How tokens are counted: `estimate` by `tokenx`, within some 5 % for English; `exact` by
 * `gpt-tokenizer` (o200k_base), which the worker loads when it is first asked for.
 */
export const tokenCounters = ['estimate', 'exact'] as const;

/** See {@link tokenCounters}. */
export type TokenCounter = (typeof tokenCounters)[number];

/** What in a text is never cut; one rule finds each. */
export type ProtectedKind =
  | 'keep-region'
  | 'code-fence'
  | 'placeholder'
  | 'json'
  | 'xml-tag'
  | 'inline-code'
  | 'url'
  | 'email'
  | 'date'
  | 'number'
  | 'negation'
  | 'quote';

/** `keep`: in the output, byte for byte. `whole`: kept or dropped as one, never cut. */
export type ProtectedMode = 'keep' | 'whole';

/** A part that is never cut: `[start, end)` of the source in UTF-16 code units, and what it is. */
export type ProtectedPart = readonly [
  start: number,
  end: number,
  kind: ProtectedKind,
  mode: ProtectedMode,
];

/** What to shorten a text to, and for what. Plain data: crosses threads. */
export type CompressionRequest = {
  readonly text: string;
  /** Share of the tokens to keep, above 0 and up to 1. Give this or `maxTokens`. */
  readonly keepRatio?: number;
  /** Most tokens to keep, an integer from 1. Give this or `keepRatio`. */
  readonly maxTokens?: number;
  /** What the text is to answer; what does not bear on it is dropped first. */
  readonly question?: string;
  /**
   * `summary` where the whole is to be told shortly, `code` where `text` is source code (whole
   * statements are kept or dropped then), `qa` otherwise. @default 'qa'
   */
  readonly task?: CompressionTask;
  /** Texts of fewer tokens are left as they are. @default 64 */
  readonly minTokens?: number;
  /** @default the optimizer's `tokenCounter` */
  readonly counter?: TokenCounter;
  /** Whether the result says what was protected, for people to see. @default false */
  readonly explain?: boolean;
};

/** Why a text was left as it is. */
export type CompressionSkip =
  /** It has fewer tokens than `minTokens`. */
  | 'short'
  /** It is within the budget already. */
  | 'within-budget'
  /** Nothing but protected spans: there is nothing to drop. */
  | 'protected'
  /** The model is not there, or failed: an event says why. */
  | 'unavailable';

/** A text that lost words. */
export type CompressionResult = {
  /** The kept slices of the source, in order. */
  readonly text: string;
  /** Slices of the source, `[start, end)` in UTF-16 code units, in order and apart. */
  readonly kept: readonly (readonly [start: number, end: number])[];
  readonly originalTokens: number;
  readonly keptTokens: number;
  /** Time that the worker spent, in milliseconds. */
  readonly milliseconds: number;
  /** Set when `text` is the source, unchanged. */
  readonly skipped?: CompressionSkip;
  /**
   * What is never cut, in order and apart, kept or not; set when `explain` was asked for, unless
   * `skipped` is `unavailable`.
   */
  readonly protected?: readonly ProtectedPart[];
};
