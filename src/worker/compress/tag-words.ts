import type { ProtectedKind } from '../../shared/compression.js';
import { inlineTag } from './protect/inline-element.js';
import type { ProtectedSpan, Range } from './protect/span.js';
import { xmlTag } from './protect/xml-tag.js';

/** What looks like a tag in these is read as what it is. */
const literal: ReadonlySet<ProtectedKind> = new Set(['code-fence', 'inline-code', 'json']);

/**
 * The tags that are words of their own, in order and apart: all but those of elements within a word
 * (`H<sub>2</sub>O`).
 */
export function findTagWords(text: string, spans: readonly ProtectedSpan[]): readonly Range[] {
  return spans
    .filter(({ kind }) => !literal.has(kind))
    .flatMap(({ start, end }) => findTags(text.slice(start, end), start))
    .filter((tag) => !isInWord(text, tag));
}

/** The tags of a span that begins at `offset`; of a comment, that alone. */
function findTags(text: string, offset: number): readonly Range[] {
  if (!text.includes('<')) return [];
  const found = [...xmlTag.find(text)].toSorted((a, b) => a[0] - b[0] || b[1] - a[1]);
  const tags: Range[] = [];
  let last = 0;
  for (const [start, end] of found) {
    if (start < last) continue;
    tags.push([offset + start, offset + end]);
    last = end;
  }
  return tags;
}

function isInWord(text: string, [start, end]: Range): boolean {
  if (!inlineTag.test(text.slice(start, end))) return false;
  const outside = text[start + 1] === '/' ? text.charAt(end) : text.charAt(start - 1);
  return /[\p{L}\p{N}]/u.test(outside);
}
