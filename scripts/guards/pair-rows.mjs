/** Reads labelled pairs of prompts: JSON lines, plain or xz-compressed. */
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

/**
 * @typedef {object} Pair
 * @property {string} q1
 * @property {string} q2
 * @property {0 | 1} label 1 when one response answers both
 * @property {string} source the row's `src`, or its file's name
 */

/**
 * @param {string} file ending in `.xz` when it is compressed
 * @returns {Promise<Pair[]>}
 * @throws at the first line that is no pair
 */
export async function readPairs(file) {
  /** @type {Pair[]} */
  const pairs = [];
  const name = basename(file).replace(/\..*$/, '');
  let line = 0;
  for await (const text of createInterface({ input: await open(file), crlfDelay: Infinity })) {
    line += 1;
    if (text.trim() === '') continue;
    const pair = parsePair(text, name);
    if (pair === undefined) throw new Error(`${basename(file)}, line ${line}: no labelled pair`);
    pairs.push(pair);
  }
  return pairs;
}

/** @param {string} file */
async function open(file) {
  const stream = createReadStream(file);
  if (!file.endsWith('.xz')) return stream;
  const { default: xz } = await import('xz-decompress');
  const packed = /** @type {ReadableStream<Uint8Array>} */ (Readable.toWeb(stream));
  const unpacked = new xz.XzReadableStream(packed);
  return Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (unpacked));
}

/**
 * @param {string} text one line
 * @param {string} name source of a row without `src`
 * @returns {Pair | undefined} undefined for what is no labelled pair
 */
export function parsePair(text, name) {
  /** @type {unknown} */
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { q1, q2, label, src } = /** @type {Record<string, unknown>} */ (value);
  if (typeof q1 !== 'string' || typeof q2 !== 'string') return undefined;
  if (label !== 0 && label !== 1) return undefined;
  return { q1, q2, label, source: typeof src === 'string' ? src : name };
}
