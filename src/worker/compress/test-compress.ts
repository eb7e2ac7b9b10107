import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { CompressionRequest } from '../../shared/compression.js';
import { seededRandom } from '../cache/seeded-random.js';
import { createTokenizer } from '../models/tokenizer.js';
import { compressText } from './compress-text.js';
import type { Compression } from './compress-text.js';
import type { WordReader } from './read-words.js';
import { estimateTokens } from './token-counting.js';

const folder = new URL('../../../public/models/skimp-same-response/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const tokenizer = createTokenizer(read('tokenizer.json'), read('tokenizer_config.json'));

/** Gives tokens logits at random, the same to the same ones. */
function createReader(seed: number): WordReader {
  return {
    special: tokenizer.special,
    maxTokens: 320,
    selection: { word: 0.2, phrase: 0.4, sentence: 0.4 },
    encode: tokenizer.encodeBare,
    classify: async ({ ids }) => {
      const random = seededRandom(seed);
      return Float32Array.from(ids, () => 8 * random() - 4);
    },
  };
}

/** Compresses by logits at random, and checks that the output is slices of the text in order. */
export async function compress(text: string, request: Omit<CompressionRequest, 'text'>, seed = 1) {
  let isRead = false;
  const compression = await compressText(
    { minTokens: 1, ...request, text },
    {
      count: estimateTokens,
      openReader: async () => {
        isRead = true;
        return createReader(seed);
      },
      checkpoint: async () => {},
      onProgress: () => {},
    },
  );
  expectSlices(text, compression);
  return { ...compression, isRead };
}

function expectSlices(source: string, { text, kept, skipped, ...counts }: Compression): void {
  expect(kept.map(([start, end]) => source.slice(start, end)).join('')).toBe(text);
  let last = 0;
  for (const [start, end] of kept) {
    if (start < last || end <= start)
      throw new Error(`a slice from ${start} to ${end} after ${last}`);
    last = end;
  }
  expect(counts.keptTokens).toBe(estimateTokens(text));
  expect(counts.originalTokens).toBe(estimateTokens(source));
  expect(skipped === undefined || text === source).toBe(true);
}
