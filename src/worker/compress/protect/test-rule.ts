import { expect, test } from 'vitest';
import type { Range, SpanRule } from './span.js';

/** Checks a rule on texts in which what it protects stands in `⟦⟧`. */
export function describeRule(rule: SpanRule, texts: readonly string[]): void {
  test.each(texts)('%s', (marked) => {
    const text = marked.replace(/[⟦⟧]/g, '');
    expect(mark(text, toOuter(rule.find(text)))).toBe(marked);
  });
}

function mark(text: string, ranges: readonly Range[]): string {
  let [marked, from] = ['', 0];
  for (const [start, end] of ranges) {
    marked += `${text.slice(from, start)}⟦${text.slice(start, end)}⟧`;
    from = end;
  }
  return marked + text.slice(from);
}

/** A rule may find ranges within others. */
function toOuter(ranges: Iterable<Range>): readonly Range[] {
  const outer: Range[] = [];
  for (const range of [...ranges].toSorted((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (range[1] > (outer.at(-1)?.[1] ?? 0)) outer.push(range);
  }
  return outer;
}
