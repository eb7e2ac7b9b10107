import { findDelimited } from './delimited.js';
import { findMatches, type SpanRule } from './span.js';

const delimiters = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
] as const;
/** `<?xml version="1.0"?>`, `<!DOCTYPE html>`, and `<|user|>`, which language models mark turns with. */
const special = /<\?[a-z][^<>]{0,300}\?>|<![A-Z][^<>]{0,300}>|<\|[\w-]{1,40}\|>/gi;
const tag =
  /<(\/?)([a-z_][\w:.-]{0,80})((?:[\s/][^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*){0,200})?)>/gi;
const attributes =
  /^(?:\s+[\w:@.#*()[\]-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?){0,200}\s*\/?$/;
const bare = /^\s*(?:[\w-]+\s*)?\/?$/;
const closing = /<\/([\w:.-]+)\s*>/g;
const emptyElement = /^(?:br|hr|img|input|wbr)$/i;

/** Each tag, comment and CDATA section of XML or HTML; not what stands between tags. */
export const xmlTag: SpanRule = {
  kind: 'xml-tag',
  *find(text) {
    for (const pair of delimiters) yield* findDelimited(text, pair);
    yield* findMatches(text, special);
    const closed = new Set(Array.from(text.matchAll(closing), ([, name]) => name));
    for (const { 0: found, 1: slash, 2: name = '', 3: rest = '', index } of text.matchAll(tag)) {
      // `if a <b and c> d`
      if (!attributes.test(rest) || !(rest.includes('=') || bare.test(rest))) continue;
      // `vector<int>`
      const isGlued = /\w/.test(text.charAt(index - 1));
      if (isGlued && !slash && !rest.includes('=') && !closed.has(name) && !emptyElement.test(name))
        continue;
      yield [index, index + found.length];
    }
  },
};
