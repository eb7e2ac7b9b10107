import { splitText } from '../text-units.js';
import type { SpanRule } from './span.js';

/** Longer quotations are running text. */
const maxWords = 12;
/** UTF-16 code units between the marks. */
const quoted =
  /(?<=^|[\s([{<—–/:=,>|-])"(?=\S)([^"]{1,160})(?<!\s)"(?![\p{L}\p{N}])|[“„]([^“”„]{1,160})[”“]|«([^«»]{1,160})»|「([^「」]{1,60})」/gu;
/** The end of a sentence with another one behind it, or of a paragraph. */
const sentenceEnd = /[.!?…]["'”’»)]*\s+\p{Lu}|[。！？].|\n\s*\n/u;

/** A short quotation of one sentence at most, with its marks. */
export const quote: SpanRule = {
  kind: 'quote',
  *find(text) {
    for (const { 0: found, index } of text.matchAll(quoted)) {
      const inside = found.slice(1, -1);
      if (sentenceEnd.test(inside) || splitText(inside).words.length > maxWords) continue;
      yield [index, index + found.length];
    }
  },
};
