/** The peer that any model must beat: words in common, rare ones counting more. */

/** @typedef {Map<string, number>} Vector weight by word, of length 1 */

/**
 * TF-IDF cosine of pairs, 0 to 1, with the document frequencies of all their texts:
 * `idf = ln((1 + texts) / (1 + texts with the word)) + 1`.
 *
 * @param {readonly { readonly q1: string, readonly q2: string }[]} pairs
 * @returns {number[]} one a pair; 0 where a text has no words
 */
export function toTfIdfSimilarities(pairs) {
  const texts = pairs.flatMap(({ q1, q2 }) => [q1, q2]);
  const idf = toInverseFrequencies(texts);
  return pairs.map(({ q1, q2 }) => cosine(toVector(q1, idf), toVector(q2, idf)));
}

/** @param {readonly string[]} texts @returns {Map<string, number>} */
function toInverseFrequencies(texts) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const text of texts) {
    for (const word of new Set(toWords(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return new Map(
    Array.from(counts, ([word, count]) => [word, Math.log((1 + texts.length) / (1 + count)) + 1]),
  );
}

/** @param {string} text @param {ReadonlyMap<string, number>} idf @returns {Vector} */
function toVector(text, idf) {
  /** @type {Vector} */
  const vector = new Map();
  for (const word of toWords(text)) {
    vector.set(word, (vector.get(word) ?? 0) + (idf.get(word) ?? 0));
  }
  const norm = Math.hypot(...vector.values());
  return new Map(Array.from(vector, ([word, weight]) => [word, weight / norm]));
}

/** @param {Vector} a @param {Vector} b */
function cosine(a, b) {
  let sum = 0;
  for (const [word, weight] of a) sum += weight * (b.get(word) ?? 0);
  return sum;
}

/** @param {string} text */
function toWords(text) {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
