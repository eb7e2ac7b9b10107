import { bench, describe } from 'vitest';
import { quantizeVector } from './cache/quantize.js';
import { createUnitVector, seededRandom } from './cache/seeded-random.js';
import { createVectorIndex } from './cache/vector-index.js';
import { loadModels, planLoading } from './models/load-models.js';
import { assertManifest } from './models/manifest.js';
import { createModelFiles } from './models/model-files.js';

/** Of 16 tokens each. A lookup embeds one, and lets the verifier read three pairs at most. */
const texts = [
  'how long does it take until a parcel to Portugal arrives here now?',
  'when will a parcel that I have sent to Portugal arrive there now?',
  'how many days does a parcel to Portugal need to get down there?',
  'until when must a parcel to Portugal be sent to be there then?',
] as const;
const [asked, ...stored] = texts;

const options = {
  files: createModelFiles(
    new URL('/models/skimp-same-response/', location.href).href,
    assertManifest,
  ),
  backend: 'wasm',
  gpu: undefined,
  runtimeUrl: undefined,
  onState: () => {},
} as const;
const { embedder, verifier } = await loadModels(await planLoading(options), options);
const random = seededRandom(1);
const index = createVectorIndex({ dims: embedder.dims });
for (let row = 0; row < 10_000; row += 1) {
  const vector = quantizeVector(createUnitVector(embedder.dims, random));
  index.add({ key: `${row}`, scope: 'a', vector });
}

async function embed(): Promise<Float32Array> {
  const embedding = await embedder.embed(asked);
  if (embedding.kind !== 'vector') throw new Error(embedding.kind);
  return embedding.vector;
}

async function verify(pairs: readonly string[]): Promise<void> {
  for (const text of pairs) {
    const read = await verifier.verify(asked, text);
    if (read.kind !== 'logit') throw new Error(read.kind);
  }
}

const settings = { warmupIterations: 10, iterations: 40 };

describe('a decision on 16 tokens among 10,000 entries, one WASM thread', () => {
  bench(
    'embed, search, verify 3 pairs',
    async () => {
      index.nearest(await embed(), { scope: 'a', count: 5 });
      await verify(stored);
    },
    settings,
  );
  bench(
    'embed, search, verify 1 pair',
    async () => {
      index.nearest(await embed(), { scope: 'a', count: 5 });
      await verify(stored.slice(0, 1));
    },
    settings,
  );
  bench(
    'embed, search',
    async () => {
      index.nearest(await embed(), { scope: 'a', count: 5 });
    },
    settings,
  );
});
