import type { Range } from './span.js';

/** UTF-16 code units that are looked at around a range: more than any pattern needs. */
const reach = 24;

/** Ranges that start with the words before them that `lead`, anchored at its end, takes in. */
export function* withLead(text: string, lead: RegExp, ranges: Iterable<Range>): Iterable<Range> {
  for (const [start, end] of ranges) {
    const before = lead.exec(text.slice(Math.max(0, start - reach), start));
    yield [start - (before?.[0].length ?? 0), end];
  }
}

/** Makes one of neighbours when `between`, anchored at both ends, takes what is between them. */
export function* joinNeighbours(
  text: string,
  between: RegExp,
  ranges: Iterable<Range>,
): Iterable<Range> {
  let last: Range | undefined;
  for (const [start, end] of ranges) {
    if (last && start - last[1] <= reach && between.test(text.slice(last[1], start))) {
      last = [last[0], end];
      continue;
    }
    if (last) yield last;
    last = [start, end];
  }
  if (last) yield last;
}
