import { cutOut } from './cut-out.js';
import type { Slice } from './join-atoms.js';
import { findKeepTags } from './protect/keep-region.js';
import type { ProtectedSpan } from './protect/span.js';

/** A text without its keep tags, which are never sent. */
export type UntaggedText = {
  readonly text: string;
  /** Spans of this text. */
  readonly spans: readonly ProtectedSpan[];
  /** Slices of this text as slices of the one with the tags. */
  readonly toSource: (slices: readonly Slice[]) => readonly Slice[];
};

/** Takes the `<skimp keep>` and `</skimp>` tags out of a text. */
export function withoutKeepTags(source: string, spans: readonly ProtectedSpan[]): UntaggedText {
  const { text, toTarget, toSource } = cutOut(source, findKeepTags(source));
  return {
    text,
    spans: spans
      .map((span) => ({ ...span, start: toTarget(span.start), end: toTarget(span.end) }))
      .filter(({ start, end }) => start < end),
    toSource,
  };
}
