import type { Range, SpanRule } from './span.js';

const tag = /<(\/?)skimp(?:\s+keep)?\s*>/gi;

/**
 * The inside of `<skimp keep>...</skimp>`: one range for each piece between tags. A region that is
 * not closed ends with the text.
 */
export const keepRegion: SpanRule = {
  kind: 'keep-region',
  *find(text) {
    let [depth, from] = [0, 0];
    for (const { start, end, opens } of readTags(text)) {
      if (depth > 0 && start > from) yield [from, start];
      depth = Math.max(0, depth + (opens ? 1 : -1));
      from = end;
    }
    if (depth > 0 && text.length > from) yield [from, text.length];
  },
};

/** The tags themselves, stray ones too: they are never sent. */
export function findKeepTags(text: string): readonly Range[] {
  return Array.from(readTags(text), ({ start, end }) => [start, end]);
}

type Tag = { readonly start: number; readonly end: number; readonly opens: boolean };

function* readTags(text: string): Iterable<Tag> {
  for (const { 0: found, 1: slash, index } of text.matchAll(tag)) {
    if (slash === '/' || /keep/i.test(found))
      yield { start: index, end: index + found.length, opens: slash === '' };
  }
}
