/** Reads the rows of a replay. */
import { readJsonLines } from './json-lines.mjs';

/** @typedef {{ readonly prompt: string, readonly cluster: string, readonly run?: string }} Row */
/** @typedef {import('./json-lines.mjs').BadLine} BadLine */

/** More would not fit the page's memory beside the cache. */
export const MAX_ROWS = 100_000;

/**
 * @param {string} file JSON lines; ending in `.xz` when it is compressed
 * @param {{ limit?: number, onBadLine?: (bad: BadLine) => void }} [options]
 * @returns {Promise<{ rows: Row[], badLines: number, isCut: boolean }>} the rows of one run together
 */
export async function readRows(file, { limit = MAX_ROWS, onBadLine } = {}) {
  const options = { parse: parseRow, limit, ...(onBadLine === undefined ? {} : { onBadLine }) };
  const { rows, ...reading } = await readJsonLines(file, options);
  return { rows: groupByRun(rows), ...reading };
}

/**
 * @param {Readonly<Record<string, unknown>>} value
 * @returns {Row | string} the row, or what is wrong with it
 */
export function parseRow({ prompt, cluster, run }) {
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
