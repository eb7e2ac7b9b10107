import { findFirst } from './find-first.js';
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
export function withoutKeepTags(text: string, spans: readonly ProtectedSpan[]): UntaggedText {
  const tags = findKeepTags(text);
  if (tags.length === 0) return { text, spans, toSource: (slices) => slices };
  const parts = toParts(tags, text.length);
  const shift = (offset: number) => toTarget(offset, parts);
  return {
    text: parts.map(({ start, end }) => text.slice(start, end)).join(''),
    spans: spans
      .map((span) => ({ ...span, start: shift(span.start), end: shift(span.end) }))
      .filter(({ start, end }) => start < end),
    toSource: (slices) => slices.flatMap((slice) => toSource(slice, parts)),
  };
}

/** What stands between tags: its slice of the source, and where it begins without them. */
type Part = { readonly start: number; readonly end: number; readonly target: number };

function toParts(tags: readonly Slice[], length: number): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  let target = 0;
  for (const [start, end] of [...tags, [length, length] as const]) {
    if (start > from) parts.push({ start: from, end: start, target });
    target += start - from;
    from = end;
  }
  return parts;
}

/** An offset of the source as one of the text without tags. */
function toTarget(offset: number, parts: readonly Part[]): number {
  const part = parts[findFirst(parts.length, (at) => parts[at]!.start > offset) - 1];
  return part === undefined ? 0 : part.target + Math.min(offset, part.end) - part.start;
}

function toSource([start, end]: Slice, parts: readonly Part[]): readonly Slice[] {
  const slices: Slice[] = [];
  let at = findFirst(parts.length, (index) => parts[index]!.target > start) - 1;
  for (; at < parts.length && parts[at]!.target < end; at += 1) {
    const { start: from, end: to, target } = parts[at]!;
    const first = Math.max(from, from + start - target);
    slices.push([first, Math.min(to, from + end - target)]);
  }
  return slices;
}
