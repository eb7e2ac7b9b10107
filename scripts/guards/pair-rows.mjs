/** Reads labelled pairs of prompts: JSON lines, plain or xz-compressed. */
import { basename } from 'node:path';
import { readJsonLines } from '../replay/json-lines.mjs';

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
 * @throws at a line that is no pair
 */
export async function readPairs(file) {
  const name = basename(file).replace(/\..*$/, '');
  const { rows } = await readJsonLines(file, {
    parse: (row) => toPair(row, name),
    limit: Infinity,
    onBadLine({ line, problem }) {
      throw new Error(`${basename(file)}, line ${line}: ${problem}`);
    },
  });
  return rows;
}

/**
 * @param {Record<string, unknown>} row
 * @param {string} name source of a row without `src`
 * @returns {Pair | string} what is wrong with a row that is no labelled pair
 */
export function toPair({ q1, q2, label, src }, name) {
  if (typeof q1 !== 'string' || typeof q2 !== 'string') return 'no labelled pair: needs q1 and q2';
  if (label !== 0 && label !== 1) return 'no labelled pair: label is neither 0 nor 1';
  return { q1, q2, label, source: typeof src === 'string' ? src : name };
}
