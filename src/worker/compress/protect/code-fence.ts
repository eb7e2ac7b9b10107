import type { SpanRule } from './span.js';

const marks = /`{3,}|~{3,}/g;
/** What may stand before a fence: indentation, quotation marks, one list marker. */
const margin = /^[ \t>]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?$/;
const blank = /^[ \t\r]*$/;
/** `python`, `{.js}`, nothing: what stands behind a fence that opens in the middle of a line. */
const info = /^[ \t]*[\w+#.{}-]{0,30}[ \t\r]*$/;
/** Behind a fence, words that go on with the text. */
const goesOn = /^(?:[.,;:!?)]|[ \t]+[a-z]{1,30},?[ \t]+\S)/i;

/** A fence that stands alone on its line, but for what is before and behind it. */
type Fence = {
  readonly marks: string;
  readonly start: number;
  readonly end: number;
  readonly lineStart: number;
  readonly before: string;
  readonly behind: string;
  readonly lineBefore: string | undefined;
};

type Open = { readonly fence: Fence; readonly start: number; readonly mustClose: boolean };

/**
 * Blocks between fences, from the start of the opening fence's line to the end of the closing one. A
 * block that is not closed ends with the text. As people paste them, an opening fence may follow
 * words on its line, and a closing one may stand behind the last line or before words.
 */
export const codeFence: SpanRule = {
  kind: 'code-fence',
  *find(text) {
    let open: Open | undefined;
    for (const fence of readFences(text)) {
      if (open !== undefined && closes(fence, open.fence)) {
        yield [open.start, fence.end];
        open = undefined;
      } else if (open === undefined || open.mustClose) open = readOpening(fence) ?? open;
    }
    if (open?.mustClose === false) yield [open.start, text.length];
  },
};

function readOpening(fence: Fence): Open | undefined {
  const { before, behind } = fence;
  const isTicks = fence.marks.startsWith('`');
  if (isTicks ? behind.includes('`') : isUnderline(fence)) return undefined;
  if (margin.test(before)) return { fence, start: fence.lineStart, mustClose: false };
  const isLoose = isTicks && /[\s:([{]$/.test(before) && info.test(behind);
  return isLoose ? { fence, start: fence.start, mustClose: true } : undefined;
}

/** Of a heading in reStructuredText. */
function isUnderline({ marks, behind, lineBefore }: Fence): boolean {
  const heading = lineBefore?.trim() ?? '';
  return blank.test(behind) && heading !== '' && heading.length <= marks.length;
}

function closes({ marks, before, behind }: Fence, open: Fence): boolean {
  if (!marks.startsWith(open.marks)) return false;
  const isHead = margin.test(before);
  if (blank.test(behind)) return isHead || marks.startsWith('`');
  return isHead && marks.startsWith('`') && goesOn.test(behind);
}

/** Leaves out lines that hold more than one run: those are inline. */
function* readFences(text: string): Iterable<Fence> {
  const runs = [...text.matchAll(marks)];
  let [from, isFirst] = [0, true];
  for (const [at, { 0: found, index: start }] of runs.entries()) {
    const end = start + found.length;
    const gap = text.slice(from, start).split('\n');
    const rest = text.slice(end, runs[at + 1]?.index);
    const newline = rest.indexOf('\n');
    isFirst ||= gap.length > 1;
    const before = gap.at(-1) ?? '';
    const lineBefore = gap.length > 2 || from === 0 ? gap.at(-2) : undefined;
    if (isFirst && (newline >= 0 || at === runs.length - 1)) {
      const behind = newline < 0 ? rest : rest.slice(0, newline);
      yield {
        marks: found,
        start,
        end,
        lineStart: start - before.length,
        before,
        behind,
        lineBefore,
      };
    }
    [from, isFirst] = [end, false];
  }
}
