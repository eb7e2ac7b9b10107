import { findFirst } from './find-first.js';
import type { Slice } from './join-atoms.js';

/** A text that lost some ranges. */
export type CutText = {
  readonly text: string;
  /** An offset of the source as one of this text; within a range, where that was cut out. */
  readonly toTarget: (offset: number) => number;
  /** Slices of this text as slices of the source: without the ranges, so that one may become more. */
  readonly toSource: (slices: readonly Slice[]) => readonly Slice[];
};

/** Takes ranges, in order and apart, out of a text. */
export function cutOut(text: string, ranges: readonly Slice[]): CutText {
  if (ranges.length === 0)
    return { text, toTarget: (offset) => offset, toSource: (slices) => slices };
  const parts = toParts(ranges, text.length);
  return {
    text: parts.map(({ start, end }) => text.slice(start, end)).join(''),
    toTarget: (offset) => toTarget(offset, parts),
    toSource: (slices) => slices.flatMap((slice) => toSource(slice, parts)),
  };
}

/** What stands between ranges: its slice of the source, and where it begins without them. */
type Part = { readonly start: number; readonly end: number; readonly target: number };

function toParts(ranges: readonly Slice[], length: number): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  let target = 0;
  for (const [start, end] of [...ranges, [length, length] as const]) {
    if (start > from) parts.push({ start: from, end: start, target });
    target += start - from;
    from = end;
  }
  return parts;
}

/** An offset of the source as one of the text without ranges. */
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
