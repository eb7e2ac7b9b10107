import type { ProtectedMode } from '../../shared/compression.js';
import { cutOut } from './cut-out.js';
import { codeFence } from './protect/code-fence.js';
import { date } from './protect/date.js';
import { email } from './protect/email.js';
import { inlineCode } from './protect/inline-code.js';
import { inlineElement, inlineTag } from './protect/inline-element.js';
import { json } from './protect/json.js';
import { findKeepTags, keepRegion } from './protect/keep-region.js';
import { negation } from './protect/negation.js';
import { number } from './protect/number.js';
import { placeholder } from './protect/placeholder.js';
import { quote } from './protect/quote.js';
import { masked, type ProtectedSpan, type Range, type SpanRule } from './protect/span.js';
import { url } from './protect/url.js';
import { xmlTag } from './protect/xml-tag.js';

/** What one stage finds stands masked before the next one: there are no numbers in a code block. */
const blocks = [keepRegion, codeFence];
const values = [placeholder, json];
const prose = [url, email, date, number, negation, quote];

/**
 * The parts of a text that must not be cut: in order and apart, none empty. Where two overlap, one
 * span holds both, of the kind of the longer one, and is kept if either is. The tags of
 * `<skimp keep>` are in no span.
 */
export function findProtectedSpans(text: string): readonly ProtectedSpan[] {
  const tags = findKeepTags(text);
  const hide = (spans: readonly ProtectedSpan[]) => mask(text, [...spans.map(toRange), ...tags]);
  const outer = merge(findSpans(text, blocks, 'keep'));
  const valued = merge([...outer, ...findSpans(hide(outer), values, 'keep')]);
  const marked = findMarkup(hide(valued));
  const shown = hide([...valued, ...marked.tags]);
  const inLines = [
    ...findSpans(shown, [inlineCode], 'whole'),
    ...findProse(shown, marked.inlineTags),
  ];
  const spans = merge([...valued, ...marked.spans, ...inLines]);
  return tags.length === 0 ? spans : withoutTags(spans, tags);
}

type Markup = {
  /** Short elements within lines, and the tags of all others. */
  readonly spans: readonly ProtectedSpan[];
  /** All tags. */
  readonly tags: readonly ProtectedSpan[];
  /** Those that stand within lines. */
  readonly inlineTags: readonly Range[];
};

function findMarkup(text: string): Markup {
  const elements = findSpans(text, [inlineElement], 'whole');
  const starts = new Set(elements.map(({ start }) => start));
  const ends = new Set(elements.map(({ end }) => end));
  const tags = merge(findSpans(text, [xmlTag], 'keep'));
  return {
    spans: [...elements, ...tags.filter(({ start, end }) => !starts.has(start) && !ends.has(end))],
    tags,
    inlineTags: tags.map(toRange).filter((tag) => inlineTag.test(text.slice(...tag))),
  };
}

/** What is kept whole of words is found in them as they are read: `do <b>not</b> pay`. */
function findProse(text: string, inlineTags: readonly Range[]): readonly ProtectedSpan[] {
  const { text: words, toSource } = cutOut(text, inlineTags);
  return findSpans(words, prose, 'whole').map((span) => {
    const slices = toSource([[span.start, span.end]]);
    return { ...span, start: slices[0]![0], end: slices.at(-1)![1] };
  });
}

function toRange({ start, end }: ProtectedSpan): Range {
  return [start, end];
}

function findSpans(
  text: string,
  rules: readonly SpanRule[],
  mode: ProtectedMode,
): readonly ProtectedSpan[] {
  return rules.flatMap(({ kind, find }) =>
    Array.from(find(text), ([start, end]) => ({ start, end, kind, mode })),
  );
}

function merge(spans: readonly ProtectedSpan[]): readonly ProtectedSpan[] {
  const merged: ProtectedSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (!last || span.start >= last.end) {
      merged.push(span);
      continue;
    }
    merged[merged.length - 1] = {
      start: last.start,
      end: Math.max(last.end, span.end),
      kind: span.end - span.start > last.end - last.start ? span.kind : last.kind,
      mode: last.mode === 'keep' ? 'keep' : span.mode,
    };
  }
  return merged;
}

/** The text with as many marks in place of what is in the ranges, which may overlap. */
function mask(text: string, ranges: readonly Range[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (end <= from) continue;
    parts.push(text.slice(from, start), masked.repeat(end - Math.max(from, start)));
    from = end;
  }
  return parts.join('') + text.slice(from);
}

/** The spans without the tags in them: a span may become several. */
function withoutTags(
  spans: readonly ProtectedSpan[],
  tags: readonly Range[],
): readonly ProtectedSpan[] {
  const pieces: ProtectedSpan[] = [];
  let at = 0;
  for (const span of spans) {
    let { start } = span;
    while ((tags[at]?.[1] ?? Infinity) <= start) at++;
    for (; (tags[at]?.[0] ?? Infinity) < span.end; at++) {
      const [from, to] = tags[at] ?? [span.end, span.end];
      if (from > start) pieces.push({ ...span, start, end: from });
      start = to;
    }
    if (span.end > start) pieces.push({ ...span, start });
  }
  return pieces;
}
