import type { SpanRule } from './span.js';
import { letters, wordEnd } from './word-edges.js';

/** From the sign on, because what stands before it may be any long word. */
const domain = new RegExp(`@(?:[${letters}-]{1,63}\\.){1,8}[^\\W\\d]{2,24}${wordEnd}`, 'g');
const local = new RegExp(`[${letters}.%+-]`);
const maxLocal = 64;

/** `name@host.example`. */
export const email: SpanRule = {
  kind: 'email',
  *find(text) {
    for (const { 0: found, index } of text.matchAll(domain)) {
      let start = index;
      while (start > 0 && index - start < maxLocal && local.test(text.charAt(start - 1))) start--;
      if (start < index) yield [start, index + found.length];
    }
  },
};
