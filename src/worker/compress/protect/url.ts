import { findMatches, type SpanRule } from './span.js';

/** Ends before what Markdown, JSON and CJK text put behind an address. */
const address =
  /(?<![a-z\d])(?:[a-z][a-z\d+.-]{1,15}:\/\/|www\.)[^\s<>"`|\\^\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff01-\uff60«»“”…]{1,2000}(?![\udc00-\udfff])/gi;
const link = /!?\[[^[\]\n]{1,80}\]\([^\s()]{1,500}(?:[ \t]"[^"\n]{0,80}")?\)/g;
const brackets = '()[]{}';

/** Addresses with a scheme or `www.`, and Markdown links with their label. */
export const url: SpanRule = {
  kind: 'url',
  *find(text) {
    yield* findMatches(text, link);
    for (const { 0: found, index } of text.matchAll(address))
      yield [index, index + trim(found).length];
  },
};

/** Leaves out punctuation at the end, and a bracket that was opened before the address. */
function trim(found: string): string {
  const depths = [0, 0, 0];
  for (let at = 0; at < found.length; at++) {
    const kind = brackets.indexOf(found.charAt(at));
    if (kind < 0) continue;
    const depth = (depths[kind >> 1] ?? 0) + (kind % 2 === 0 ? 1 : -1);
    if (depth < 0) return trimEnd(found.slice(0, at));
    depths[kind >> 1] = depth;
  }
  return trimEnd(found);
}

function trimEnd(found: string): string {
  let end = found.length;
  while (end > 1 && ".,;:!?'*_~".includes(found.charAt(end - 1))) end--;
  return found.slice(0, end);
}
