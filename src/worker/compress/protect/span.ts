import type { ProtectedKind, ProtectedMode } from '../../../shared/compression.js';

/** `[start, end)` in UTF-16 code units; never empty, never half of a surrogate pair. */
export type Range = readonly [start: number, end: number];

/** A part of a text that must not be cut. */
export type ProtectedSpan = {
  readonly start: number;
  readonly end: number;
  readonly kind: ProtectedKind;
  readonly mode: ProtectedMode;
};

/**
 * One rule that finds spans of its kind. What a rule of an earlier stage has found stands as
 * {@link masked} in the text.
 */
export interface SpanRule {
  readonly kind: ProtectedKind;
  /** In time linear in the text's length. The ranges may overlap and be in any order. */
  find(text: string): Iterable<Range>;
}

/** A noncharacter: no rule takes it for a blank, letter, digit or bracket. */
export const masked = '\uffff';

/** Where a global pattern matches. */
export function* findMatches(text: string, pattern: RegExp): Iterable<Range> {
  for (const { 0: found, index } of text.matchAll(pattern)) yield [index, index + found.length];
}
