import type { SpanRule } from './span.js';

const marks = /`+/g;
/** UTF-16 code units; what is longer is two stray marks with text between. */
const maxLength = 240;

/** `` `name` `` in Markdown: from a run of backticks to the next one of its length. */
export const inlineCode: SpanRule = {
  kind: 'inline-code',
  *find(text) {
    const runs = [...text.matchAll(marks)];
    const nextOfLength = new Map<number, number>();
    const partners = runs.map(() => -1);
    for (let at = runs.length - 1; at >= 0; at--) {
      const length = runs[at]?.[0].length ?? 0;
      partners[at] = nextOfLength.get(length) ?? -1;
      nextOfLength.set(length, at);
    }
    for (let at = 0; at < runs.length; at++) {
      const [run, partner] = [runs[at], runs[partners[at] ?? -1]];
      if (!run || !partner) continue;
      const end = partner.index + partner[0].length;
      if (end - run.index > maxLength || /\n\s*\n/.test(text.slice(run.index, end))) continue;
      yield [run.index, end];
      at = partners[at] ?? at;
    }
  },
};
