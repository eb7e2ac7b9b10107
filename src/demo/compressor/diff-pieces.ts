import type {
  CompressionResult,
  ProtectedKind,
  ProtectedMode,
  ProtectedPart,
} from '../../shared/compression.js';

/** `[start, end)` of a text in UTF-16 code units. */
export type Slice = readonly [start: number, end: number];

/** A stretch of the source that is kept or dropped as a whole, and protected as one thing or not. */
export type Piece = {
  readonly start: number;
  readonly end: number;
  readonly isKept: boolean;
  /** What protects it, and how; set together. */
  readonly kind?: ProtectedKind;
  readonly mode?: ProtectedMode;
};

/**
 * Cuts a text into parts that can be drawn one at a time: of `maxLength` code units at most, after a
 * line break or a blank where there is one in the second half. An empty text is one part.
 *
 * @param maxLength - 2 or more.
 */
export function toParts(text: string, maxLength: number): readonly Slice[] {
  const parts: Slice[] = [];
  let start = 0;
  while (text.length - start > maxLength) {
    const end = findCut(text, start, start + maxLength);
    parts.push([start, end]);
    start = end;
  }
  return [...parts, [start, text.length]];
}

function findCut(text: string, start: number, limit: number): number {
  const half = (start + limit) / 2;
  for (const separator of ['\n', ' ']) {
    const at = text.lastIndexOf(separator, limit - 1);
    if (at >= half) return at + 1;
  }
  const isPairCut = /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(limit - 1, limit + 1));
  return isPairCut ? limit - 1 : limit;
}

/** The pieces of one part, in order; together they are all of it. Neighbours differ. */
export function toPieces(
  [from, to]: Slice,
  { kept, protected: parts = [] }: Pick<CompressionResult, 'kept' | 'protected'>,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let keptAt = findFirstAfter(kept, from);
  let partAt = findFirstAfter(parts, from);
  let start = from;
  while (start < to) {
    while ((kept[keptAt]?.[1] ?? Infinity) <= start) keptAt += 1;
    while ((parts[partAt]?.[1] ?? Infinity) <= start) partAt += 1;
    const slice = kept[keptAt] ?? beyond;
    const part = parts[partAt];
    const isKept = slice[0] <= start;
    const end = Math.min(to, nextEdge(slice, start), nextEdge(part ?? beyond, start));
    const isInside = part !== undefined && part[0] <= start;
    pieces.push({ start, end, isKept, ...(isInside ? { kind: part[2], mode: part[3] } : {}) });
    start = end;
  }
  return pieces;
}

/** How many parts of each kind and mode there are, and how many are kept: the commonest first. */
export function countKinds({
  kept,
  protected: parts = [],
}: Pick<CompressionResult, 'kept' | 'protected'>): readonly KindCount[] {
  const counts = new Map<string, KindCount>();
  let at = 0;
  for (const [start, end, kind, mode] of parts) {
    while ((kept[at]?.[1] ?? Infinity) < end) at += 1;
    const key = `${mode} ${kind}`;
    const count = counts.get(key) ?? { kind, mode, total: 0, kept: 0 };
    counts.set(key, {
      ...count,
      total: count.total + 1,
      kept: count.kept + Number((kept[at]?.[0] ?? Infinity) <= start),
    });
  }
  return [...counts.values()].sort((a, b) => b.total - a.total);
}

/** See {@link countKinds}. */
export type KindCount = {
  readonly kind: ProtectedKind;
  readonly mode: ProtectedMode;
  readonly total: number;
  readonly kept: number;
};

const beyond: Slice = [Infinity, Infinity];

function nextEdge([first, last]: Slice | ProtectedPart, start: number): number {
  return first > start ? first : last;
}

/** Index of the first slice that ends after `offset`. */
function findFirstAfter(slices: readonly (Slice | ProtectedPart)[], offset: number): number {
  let [low, high] = [0, slices.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slices[middle]?.[1] ?? Infinity) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
