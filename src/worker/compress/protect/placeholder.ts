import { findDelimited } from './delimited.js';
import type { Range, SpanRule } from './span.js';

/** Longest placeholder, in UTF-16 code units. */
const maxLength = 400;
const brace = /[{}]/g;
const name = /^\{(?:[\p{L}_][\p{L}\p{N}_.-]{0,60}|\d{1,2})\}$/u;
/** LaTeX: `\frac{a}`, `x_{i}`. */
const notBefore = /(?:[\\^_]|\\[a-zA-Z]{1,30}\*?(?:\[[^\][{}]{0,30}\])?(?:\{[^{}]{0,30}\}){0,3})$/;
const delimiters = [
  ['<%', '%>'],
  ['{%', '%}'],
  ['{#', '#}'],
] as const;

/**
 * What a template engine fills in: `{{name}}`, `${name}`, `<%= name %>`, `{% if %}`, `{# note #}`, and
 * `{name}` with a bare identifier.
 */
export const placeholder: SpanRule = {
  kind: 'placeholder',
  *find(text) {
    for (const pair of delimiters) yield* findDelimited(text, pair, maxLength);
    yield* findBraced(text);
  },
};

/** Pairs up braces, so that a placeholder may hold others. */
function* findBraced(text: string): Iterable<Range> {
  const open: number[] = [];
  let [lastOpen, lastEnd] = [-1, -1];
  for (const { 0: found, index } of text.matchAll(brace)) {
    if (found === '{') {
      open.push(index);
      continue;
    }
    const start = open.pop();
    if (start === undefined) continue;
    const end = index + 1;
    const isDouble = start === lastOpen - 1 && index === lastEnd;
    if (end - start <= maxLength && (isDouble || isPlaceholder(text, start, end)))
      yield [start - (text[start - 1] === '$' ? 1 : 0), end];
    [lastOpen, lastEnd] = [start, end];
  }
}

function isPlaceholder(text: string, start: number, end: number): boolean {
  if (text[start - 1] === '$') return end - start > 2;
  if (end - start > 70 || !name.test(text.slice(start, end))) return false;
  return !notBefore.test(text.slice(Math.max(0, start - 130), start));
}
