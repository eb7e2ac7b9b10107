/** Looks whether what must stay whole did. */
import { join } from 'node:path';
import { root } from '../setup.mjs';

/** @typedef {{ start: number, end: number, mode: 'keep' | 'whole' }} ProtectedSpan */
/** @typedef {readonly (readonly [start: number, end: number])[]} Slices */

/**
 * The worker's own rules. Needs what `setup()` installs.
 *
 * @returns {Promise<(text: string) => readonly ProtectedSpan[]>} spans in order and apart
 */
export async function loadProtectedSpans() {
  const { runnerImport } = await import('vite');
  const file = join(root, 'src/worker/compress/protected-spans.ts');
  const { module } = await runnerImport(file, { configFile: false, root });
  const { findProtectedSpans } =
    /** @type {{ findProtectedSpans: (text: string) => readonly ProtectedSpan[] }} */ (module);
  return findProtectedSpans;
}

/**
 * @param {string} text
 * @param {readonly ProtectedSpan[]} spans in order and apart
 * @param {Slices} kept in order
 * @returns {number} spans that are kept in part, or not though they always are
 */
export function countCut(text, spans, kept) {
  const slices = joinTouching(kept);
  let cut = 0;
  let from = 0;
  for (const span of spans) {
    while (from < slices.length && (slices[from]?.[1] ?? 0) <= span.start) from += 1;
    const [start, end] = slices[from] ?? [span.end, span.end];
    if (start <= span.start && end >= span.end) continue;
    if (span.mode === 'keep' || hasWords(text, span, slicesFrom(slices, from))) cut += 1;
  }
  return cut;
}

/** @param {Slices} slices */
function joinTouching(slices) {
  /** @type {[number, number][]} */
  const joined = [];
  for (const [start, end] of slices) {
    const last = joined.at(-1);
    if (last !== undefined && last[1] === start) last[1] = end;
    else joined.push([start, end]);
  }
  return joined;
}

/** @param {Slices} slices @param {number} from */
function* slicesFrom(slices, from) {
  for (let index = from; index < slices.length; index += 1) yield slices[index] ?? [0, 0];
}

/**
 * Whether something of a span is kept; the whitespace between two kept words may come out of it.
 *
 * @param {string} text
 * @param {ProtectedSpan} span
 * @param {Iterable<readonly [start: number, end: number]>} slices from the first that ends after
 *   the span's start
 */
function hasWords(text, span, slices) {
  for (const [start, end] of slices) {
    if (start >= span.end) return false;
    const part = text.slice(Math.max(start, span.start), Math.min(end, span.end));
    if (part.trim() !== '') return true;
  }
  return false;
}
