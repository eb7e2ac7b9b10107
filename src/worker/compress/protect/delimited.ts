import type { Range } from './span.js';

/** From each `open` to the next `close`, both included, where that is within `maxLength` units. */
export function* findDelimited(
  text: string,
  [open, close]: readonly [open: string, close: string],
  maxLength = Infinity,
): Iterable<Range> {
  let [from, last] = [0, -1];
  for (;;) {
    const start = text.indexOf(open, from);
    const inside = start + open.length;
    // Looked for once only: `close` may be far behind many an `open`.
    if (last < inside) last = text.indexOf(close, inside);
    if (start < 0 || last < 0) return;
    const end = last + close.length;
    from = end - start > maxLength ? inside : end;
    if (from === end) yield [start, end];
  }
}
