import type { TextRange } from './text-range.js';

/** `<skimp keep>` and `</skimp>`, as the worker reads them; they are not for the model. */
const tags = /<skimp\s+keep\s*>|<\/skimp(?:\s+keep)?\s*>/gi;

/** The text without the tags, whatever they enclose. */
export function stripKeepTags(text: string): string {
  return text.replaceAll(tags, '');
}

/** The text with blanks in place of the tags, so that every word stands where it stood. */
export function blankKeepTags(text: string): string {
  return text.replaceAll(tags, (tag) => ' '.repeat(tag.length));
}

/** The slice, cut back so that it parts no region: what lies on a border is not in it. */
export function clearOfRegions(text: string, [start, end]: TextRange): TextRange {
  let from = start;
  let to = end;
  for (const [regionStart, regionEnd] of findRegions(text)) {
    if (regionStart < from && regionEnd > from) from = regionEnd;
    if (regionStart < to && regionEnd > to) to = regionStart;
  }
  return [from, Math.max(from, to)];
}

/** With their tags; regions in regions are part of them, and one not closed reaches to the end. */
function findRegions(text: string): readonly TextRange[] {
  const regions: TextRange[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: tag, index } of text.matchAll(tags)) {
    if (tag[1] !== '/') {
      if (depth === 0) start = index;
      depth += 1;
    } else if (depth > 0) {
      depth -= 1;
      if (depth === 0) regions.push([start, index + tag.length]);
    }
  }
  return depth === 0 ? regions : [...regions, [start, text.length]];
}
