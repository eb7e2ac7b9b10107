import { bench, describe } from 'vitest';
import { quantizeVector } from './quantize.js';
import { createUnitVector, seededRandom } from './seeded-random.js';
import { createVectorIndex } from './vector-index.js';
import type { VectorIndex } from './vector-index.js';

const dims = 384;
const kernels = ['wasm', 'javascript'] as const;
const query = createUnitVector(dims, seededRandom(2));
const settings = { warmupIterations: 20 };

/** `scopeOf` names the scope of row i. */
function createFilledIndex(
  kernel: (typeof kernels)[number],
  entries: number,
  scopeOf: (i: number) => string,
): VectorIndex {
  const index = createVectorIndex({ dims, kernel });
  const random = seededRandom(1);
  for (let i = 0; i < entries; i++) {
    const vector = quantizeVector(createUnitVector(dims, random));
    index.add({ key: `${i}`, scope: scopeOf(i), vector });
  }
  return index;
}

for (const entries of [10_000, 100_000]) {
  describe(`5 nearest of ${entries} entries, 384 dims`, () => {
    for (const kernel of kernels) {
      const index = createFilledIndex(kernel, entries, () => 'a');
      const search = () => void index.nearest(query, { scope: 'a', count: 5 });
      bench(kernel, search, settings);
    }
  });
}

describe('a scope of 1,000 among 100,000 entries, 384 dims', () => {
  for (const kernel of kernels) {
    const index = createFilledIndex(kernel, 100_000, (i) => `${i % 100}`);
    const search = () => void index.nearest(query, { scope: '7', count: 5 });
    bench(kernel, search, settings);
  }
});
