import { bench, describe } from 'vitest';
import { createCompressor } from '../compressor.js';
import { createQueue } from '../queue.js';
import { createProse } from './test-prose.js';
import { estimateTokens } from './token-counting.js';

/** Of 1,000 tokens as the default counter counts them, to some. */
function createText(): string {
  const text = createProse(2_000);
  let words = 500;
  const take = () => text.split(' ').slice(0, words).join(' ');
  while (estimateTokens(take()) < 1_000) words += 1;
  return take();
}

const text = createText();
const compressor = createCompressor({
  compressorUrl: new URL('/models/skimp-compressor/', location.href).href,
  backend: 'wasm',
  gpu: undefined,
  runtimeUrl: undefined,
  queue: createQueue(),
  letLookupsPass: async () => {},
  onStatus: () => {},
  onFailure: ({ message }) => {
    throw new Error(message);
  },
  onGpuLost: () => {},
});
await compressor.load();

const question = 'Which town did the bakers of Edinburgh carry grain to?';
const turn = { signal: new AbortController().signal, onProgress: () => {} };

describe('1,000 tokens, one WASM thread', () => {
  bench(
    'compressed to half, for a question',
    async () => {
      const { skipped } = await compressor.compress({ text, keepRatio: 0.5, question }, turn);
      if (skipped !== undefined) throw new Error(skipped);
    },
    { warmupIterations: 5, iterations: 20 },
  );
});
