/** Reads the rows of a replay: JSON lines, plain or xz-compressed. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

/** @typedef {{ readonly prompt: string, readonly cluster: string, readonly run?: string }} Row */
/** @typedef {{ readonly line: number, readonly problem: string }} BadLine */

/** More would not fit the page's memory beside the cache. */
export const MAX_ROWS = 100_000;

/**
 * @param {string} file ending in `.xz` when it is compressed
 * @param {{ limit?: number, onBadLine?: (bad: BadLine) => void }} [options]
 * @returns {Promise<{ rows: Row[], badLines: number, isCut: boolean }>} the rows of one run together
 */
export async function readRows(file, { limit = MAX_ROWS, onBadLine = () => {} } = {}) {
  /** @type {Row[]} */
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
    const result = parseRow(text);
    if (typeof result === 'string') {
      badLines += 1;
      onBadLine({ line, problem: result });
    } else {
      rows.push(result);
    }
  }
  return { rows: groupByRun(rows), badLines, isCut };
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

/**
 * @param {string} text one line
 * @returns {Row | string} the row, or what is wrong with it
 */
export function parseRow(text) {
  /** @type {unknown} */
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not an object';
  const { prompt, cluster, run } = /** @type {Record<string, unknown>} */ (value);
  if (typeof prompt !== 'string' || prompt === '') return 'no prompt, or not a text';
  if (!isName(cluster)) return 'no cluster, or neither a text nor a number';
  if (run !== undefined && !isName(run)) return 'run is neither a text nor a number';
  const row = { prompt, cluster: String(cluster) };
  return run === undefined ? row : { ...row, run: String(run) };
}

/** @param {unknown} value */
function isName(value) {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

/**
 * @param {readonly Row[]} rows
 * @returns {Row[]} runs in the order of their first rows; rows of a run in theirs
 */
function groupByRun(rows) {
  /** @type {Map<string | undefined, Row[]>} */
  const runs = new Map();
  for (const row of rows) {
    const run = runs.get(row.run);
    if (run === undefined) runs.set(row.run, [row]);
    else run.push(row);
  }
  return [...runs.values()].flat();
}
