/** Reads JSON lines, plain or xz-compressed; a malformed one is told and skipped. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

/** @typedef {{ readonly line: number, readonly problem: string }} BadLine */
/** @typedef {{ readonly badLines: number, readonly isCut: boolean }} Reading `isCut`: by the limit */

/**
 * @template T
 * @param {string} file ending in `.xz` when it is compressed
 * @param {object} options
 * @param {(value: Record<string, unknown>) => T | string} options.parse the row, or what is wrong with it
 * @param {number} options.limit rows to read at most
 * @param {(bad: BadLine) => void} [options.onBadLine]
 * @returns {Promise<Reading & { rows: T[] }>}
 */
export async function readJsonLines(file, { parse, limit, onBadLine = () => {} }) {
  /** @type {T[]} */
  const rows = [];
  let line = 0;
  let badLines = 0;
  let isCut = false;
  for await (const text of createInterface({ input: await open(file), crlfDelay: Infinity })) {
    line += 1;
    if (text.trim() === '') continue;
    if (rows.length >= limit) {
      isCut = true;
      break;
    }
    const value = toObject(text);
    const result = typeof value === 'string' ? value : parse(value);
    if (typeof result === 'string') {
      badLines += 1;
      onBadLine({ line, problem: result });
    } else {
      rows.push(result);
    }
  }
  return { rows, badLines, isCut };
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
