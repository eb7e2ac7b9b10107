import { inlineTag } from './protect/inline-element.js';
import type { ProtectedSpan, Range } from './protect/span.js';
import { xmlTag } from './protect/xml-tag.js';

/**
 * The tags that are words of their own, in order and apart: all but those of elements within a word
 * (`H<sub>2</sub>O`).
 */
export function findTagWords(text: string, spans: readonly ProtectedSpan[]): readonly Range[] {
  return spans
    .filter(({ kind }) => kind === 'xml-tag')
    .flatMap(({ start, end }) =>
      Array.from(xmlTag.find(text.slice(start, end)), ([from, to]): Range => [
        start + from,
        start + to,
      ]),
    )
    .filter((tag) => !isInWord(text, tag))
    .toSorted((a, b) => a[0] - b[0]);
}

function isInWord(text: string, [start, end]: Range): boolean {
  if (!inlineTag.test(text.slice(start, end))) return false;
  const outside = text[start + 1] === '/' ? text.charAt(end) : text.charAt(start - 1);
  return /[\p{L}\p{N}]/u.test(outside);
}
