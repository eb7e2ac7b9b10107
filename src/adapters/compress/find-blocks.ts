import { type TextRange, trimRange } from './text-range.js';

/** A paragraph, or a fenced block of code with the fences. */
export type Block = { readonly start: number; readonly end: number; readonly isFence: boolean };

/** The blocks of a text, in order, without blanks around them. */
export function findBlocks(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let at = 0;
  for (const [start, end] of findFences(text)) {
    blocks.push(...findParagraphs(text, [at, start]), { start, end, isFence: true });
    at = end;
  }
  return [...blocks, ...findParagraphs(text, [at, text.length])];
}

/** From the opening line to the closing one; a fence that is not closed reaches to the end. */
function findFences(text: string): readonly TextRange[] {
  const fences: TextRange[] = [];
  let open: { readonly start: number; readonly mark: string } | undefined;
  for (const { 0: line, 1: mark = '', index } of text.matchAll(/^[ \t]{0,3}(```|~~~).*$/gm)) {
    if (open === undefined) open = { start: index, mark };
    else if (open.mark === mark) {
      fences.push([open.start, index + line.length]);
      open = undefined;
    }
  }
  return open === undefined ? fences : [...fences, [open.start, text.length]];
}

function findParagraphs(text: string, [start, end]: TextRange): readonly Block[] {
  const blocks: Block[] = [];
  const push = (from: number, to: number) => {
    const [first, last] = trimRange(text, [from, to]);
    if (first < last) blocks.push({ start: first, end: last, isFence: false });
  };
  let at = start;
  for (const { 0: gap, index } of text.slice(start, end).matchAll(/\n[ \t\r]*\n/g)) {
    push(at, start + index);
    at = start + index + gap.length;
  }
  push(at, end);
  return blocks;
}
