import type { TokenUsage } from './prompt-request.js';

/** A stored answer, as `entries()` lists it. */
export type StoredEntry = {
  /** Names it: what `remove` and `reportWrongHit` take. */
  readonly key: string;
  /** Whether it belongs to the optimizer's own `scope`. */
  readonly isOwnScope: boolean;
  /**
   * Eight hex digits, the same for all entries of one app scope in this database: the scope itself
   * is kept as a keyed hash only.
   */
  readonly scopeLabel: string;
  /** As its user wrote it. */
  readonly prompt: string;
  /** The answer's first `maxAnswerLength` UTF-16 units; never half a surrogate pair. */
  readonly answer: string;
  /** UTF-16 units of the whole answer. */
  readonly answerLength: number;
  /** The model that answered, as the provider names it. */
  readonly model: string;
  /** What the answer cost; absent when the provider did not say. */
  readonly usage?: TokenUsage;
  /** From sending the request to the last byte of the answer, in milliseconds. */
  readonly latencyMs?: number;
  /** Milliseconds since the epoch, as is `expiresAt`. */
  readonly storedAt: number;
  readonly expiresAt: number;
  /** How often it was served. */
  readonly hits: number;
  /** An upper estimate: what counts towards `maxBytes`. */
  readonly bytes: number;
  /** Whether other wordings can reach it: a vector of the model in use (of any, while none runs). */
  readonly hasVector: boolean;
};

/** Part of the entries, newest first. */
export type EntriesPage = {
  readonly entries: readonly StoredEntry[];
  /** What to give as `after` for the next page; absent on the last one. */
  readonly next?: string;
};

/** Which entries are listed. All values are checked by the page. */
export type EntriesQuery = {
  readonly scope?: string;
  readonly count: number;
  readonly after?: string;
  readonly maxAnswerLength: number;
};

/**
 * Why a line of a file was not imported.
 *
 * - `malformed`: no JSON, or a field is missing, of another type or out of range.
 * - `altered`: its seal does not fit: not as it was exported.
 * - `expired`: past its expiry, or past this optimizer's `ttlMs`.
 * - `known`: the same or a newer answer to that prompt is stored.
 * - `too-large`: more than `maxBytes` allows one entry.
 */
export const importSkips = ['malformed', 'altered', 'expired', 'known', 'too-large'] as const;

/** See {@link importSkips}. */
export type ImportSkip = (typeof importSkips)[number];

/** What an import came to. */
export type ImportResult = {
  readonly imported: number;
  /** The sum of `reasons`. */
  readonly skipped: number;
  readonly reasons: Readonly<Record<ImportSkip, number>>;
};

/** Why an export or an import cannot be, for people. */
export type TransferRefusal = { readonly refused: string };
