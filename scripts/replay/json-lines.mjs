/** Reads JSON lines, plain or xz-compressed; a malformed one is told and skipped. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

/** @typedef {{ readonly line: number, readonly problem: string }} BadLine */
/** @typedef {{ readonly badLines: number, readonly isCut: boolean }} Reading `isCut`: by the limit */

/**
 * @template T
 * @typedef {object} LineOptions
 * @property {(value: Record<string, unknown>) => T | string} parse the row, or what is wrong with it
 * @property {number} limit rows to read at most
 * @property {(bad: BadLine) => void} [onBadLine]
 */

/**
 * @template T
 * @param {string} file ending in `.xz` when it is compressed
 * @param {LineOptions<T>} options
 * @returns {Promise<Reading & { rows: T[] }>}
 */
export async function readJsonLines(file, options) {
  const { rows, reading } = openJsonLines(file, options);
  /** @type {T[]} */
  const all = [];
  for await (const row of rows) all.push(row);
  return { rows: all, ...reading() };
}

/**
 * For files that memory does not hold.
 *
 * @template T
 * @param {string} file ending in `.xz` when it is compressed
 * @param {LineOptions<T>} options
 * @returns {{ rows: AsyncGenerator<T, void>, reading: () => Reading }} `reading`: of what was read
 *   so far
 */
export function openJsonLines(file, { parse, limit, onBadLine = () => {} }) {
  let badLines = 0;
  let isCut = false;
  async function* read() {
    let rows = 0;
    let line = 0;
    for await (const text of readLines(file)) {
      line += 1;
      if (text.trim() === '') continue;
      if (rows >= limit) {
        isCut = true;
        break;
      }
      const value = toObject(text);
      const result = typeof value === 'string' ? value : parse(value);
      if (typeof result === 'string') {
        badLines += 1;
        onBadLine({ line, problem: result });
      } else {
        rows += 1;
        yield result;
      }
    }
  }
  return { rows: read(), reading: () => ({ badLines, isCut }) };
}

/**
 * @param {string} file
 * @param {number} max
 * @returns {Promise<number>} lines that are not blank, `max` at most; they are not parsed
 */
export async function countLines(file, max) {
  let lines = 0;
  for await (const text of readLines(file)) {
    if (lines >= max) break;
    if (text.trim() !== '') lines += 1;
  }
  return lines;
}

/** @param {string} file */
async function* readLines(file) {
  const input = await open(file);
  try {
    yield* createInterface({ input, crlfDelay: Infinity });
  } finally {
    input.destroy();
  }
}

/** @param {string} file */
async function open(file) {
  const stream = createReadStream(file);
  if (!file.endsWith('.xz')) return stream;
  // Not the system's `xz`: a fresh Debian may have none.
  const { default: xz } = await import('xz-decompress');
  const packed = /** @type {ReadableStream<Uint8Array>} */ (Readable.toWeb(stream));
  const unpacked = new xz.XzReadableStream(packed);
  return Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (unpacked));
}

/** @param {string} text one line @returns {Record<string, unknown> | string} */
function toObject(text) {
  /** @type {unknown} */
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not an object';
  return /** @type {Record<string, unknown>} */ (value);
}
