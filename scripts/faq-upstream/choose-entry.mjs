import { accountsEntries } from './entries/accounts.mjs';
import { deliveryEntries } from './entries/delivery.mjs';
import { factsEntries } from './entries/facts.mjs';
import { productsEntries } from './entries/products.mjs';
import { returnsEntries } from './entries/returns.mjs';

/**
 * One thing the FAQ knows.
 *
 * @typedef {object} FaqEntry
 * @property {string} id
 * @property {string} question The canonical wording.
 * @property {readonly string[]} phrasings Other wordings that this entry answers.
 * @property {string} answer
 */

/**
 * What the FAQ answers with, and how it got there: `exact` for a known phrasing, `overlap` for the
 * phrasing that shares most words, `none` when nothing is close enough.
 *
 * @typedef {{ entry: FaqEntry, match: 'exact' | 'overlap' | 'none' }} Choice
 */

/** @type {readonly FaqEntry[]} */
export const faqEntries = [
  ...returnsEntries,
  ...deliveryEntries,
  ...accountsEntries,
  ...productsEntries,
  ...factsEntries,
];

/** @type {FaqEntry} */
export const unknownEntry = {
  id: 'unknown',
  question: '',
  phrasings: [],
  answer:
    'I do not know. I am a small built-in FAQ server, not a language model: I answer questions about the invented shop Northwind Outdoor and a few general facts. To ask anything else, connect a real model in the settings.',
};

/** Weight of the words in common over the weight of all words, 0 to 1, that will do. */
const MIN_OVERLAP = 0.6;

const fillers = new Set('a an the is are do does i you my your me of it to be please'.split(' '));

/** @type {ReadonlyMap<string, FaqEntry>} */
const entryByPhrasing = new Map(
  faqEntries.flatMap((entry) => phrasingsOf(entry).map((text) => [normalise(text), entry])),
);

/** @type {readonly { words: ReadonlySet<string>, entry: FaqEntry }[]} */
const candidates = [...entryByPhrasing].map(([text, entry]) => ({ words: toWords(text), entry }));

/**
 * Chooses the answer to a question; the same question always gets the same one.
 *
 * @param {string} question
 * @returns {Choice}
 */
export function chooseEntry(question) {
  const text = normalise(question);
  const known = entryByPhrasing.get(text);
  if (known !== undefined) return { entry: known, match: 'exact' };
  const words = toWords(text);
  let best = { entry: unknownEntry, overlap: 0 };
  for (const candidate of candidates) {
    const overlap = toOverlap(words, candidate.words);
    if (overlap > best.overlap) best = { entry: candidate.entry, overlap };
  }
  if (best.overlap < MIN_OVERLAP) return { entry: unknownEntry, match: 'none' };
  return { entry: best.entry, match: 'overlap' };
}

/**
 * @param {FaqEntry} entry
 * @returns {string[]}
 */
export function phrasingsOf(entry) {
  return [entry.question, ...entry.phrasings];
}

/**
 * Case, punctuation and spacing do not tell questions apart; digits, units and a minus sign do.
 *
 * @param {string} text
 * @returns {string}
 */
export function normalise(text) {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019]/gu, "'")
    .replace(/\u2212/gu, '-')
    .replace(/[^\p{L}\p{N}°'-]+/gu, ' ')
    .trim();
}

/**
 * @param {string} text Normalised.
 * @returns {ReadonlySet<string>}
 */
function toWords(text) {
  return new Set(text.split(' ').filter((word) => word !== '' && !fillers.has(word)));
}

/**
 * Dice's coefficient over weighted words: twice what is shared over all, 0 to 1. Other digits are
 * another question.
 *
 * @param {ReadonlySet<string>} a
 * @param {ReadonlySet<string>} b
 * @returns {number}
 */
function toOverlap(a, b) {
  if (a.size === 0 || toDigits(a) !== toDigits(b)) return 0;
  const shared = new Set([...a].filter((word) => b.has(word)));
  return (2 * toWeight(shared)) / (toWeight(a) + toWeight(b));
}

/**
 * A word of few phrasings tells more than one of many: "Germany" outweighs "capital".
 *
 * @param {ReadonlySet<string>} words
 * @returns {number}
 */
function toWeight(words) {
  let weight = 0;
  for (const word of words) {
    const uses = candidates.filter((candidate) => candidate.words.has(word)).length;
    weight += Math.log((candidates.length + 1) / Math.max(uses, 1));
  }
  return weight;
}

/**
 * @param {ReadonlySet<string>} words
 * @returns {string}
 */
function toDigits(words) {
  return [...words]
    .filter((word) => /\d/.test(word))
    .sort()
    .join(' ');
}
