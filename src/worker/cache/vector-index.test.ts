import { afterEach, describe, expect, test, vi } from 'vitest';
import { quantizeVector, type QuantizedVector } from './quantize.js';
import { createUnitVector, seededRandom } from './seeded-random.js';
import { createVectorIndex } from './vector-index.js';

/** Largest error of a similarity against the cosine of the stored int8 vector, in float64. */
const storedTolerance = 1e-6;
/** Largest and root-mean-square error against the cosine before quantization, 384 dims. */
const originalTolerance = { largest: 2e-3, rms: 5e-4 };

const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let [dot, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    squaresA += a[i]! ** 2;
    squaresB += b[i]! ** 2;
  }
  return dot / Math.sqrt(squaresA * squaresB);
};

type World = { readonly vectors: ReadonlyMap<string, Float32Array>; readonly query: Float32Array };

const worlds: Record<'random' | 'clustered' | 'near-duplicate', (seed: number) => World> = {
  random: (seed) => createWorld(seed, () => undefined),
  clustered: (seed) =>
    createWorld(seed, (centres, i) => ({ centre: centres[i % 8]!, spread: 0.4 })),
  'near-duplicate': (seed) => createWorld(seed, ([centre]) => ({ centre: centre!, spread: 0.05 })),
};

function createWorld(
  seed: number,
  near: (
    centres: readonly Float32Array[],
    i: number,
  ) => { centre: Float32Array; spread: number } | undefined,
): World {
  const random = seededRandom(seed);
  const centres = Array.from({ length: 8 }, () => createUnitVector(384, random));
  const create = (i: number) => createUnitVector(384, random, near(centres, i));
  const vectors = Array.from({ length: 3_000 }, (_, i) => [`key-${i}`, create(i)] as const);
  return { vectors: new Map(vectors), query: create(0) };
}

const axis = (...components: number[]): QuantizedVector =>
  quantizeVector(Float32Array.from(components));

describe.each(['wasm', 'javascript'] as const)('vector index, %s', (kernel) => {
  const createIndex = (dims: number) => createVectorIndex({ dims, kernel });
  const keysOf = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key);

  describe.each(Object.entries(worlds))('among %s vectors', (_name, createWorldOf) => {
    const { vectors, query } = createWorldOf(7);
    const index = createIndex(384);
    const stored = new Map([...vectors].map(([key, vector]) => [key, quantizeVector(vector)]));
    for (const [key, vector] of stored) index.add({ key, scope: 'a', vector });

    test.each([1, 5, 50])('the %d nearest are those of an exhaustive float64 search', (count) => {
      const expected = [...stored]
        .map(([key, { values }]) => ({ key, similarity: cosine(query, values) }))
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, count);
      const found = index.nearest(query, { scope: 'a', count });
      expect(keysOf(found)).toEqual(keysOf(expected));
      for (const [i, { similarity }] of found.entries()) {
        expect(Math.abs(similarity - expected[i]!.similarity)).toBeLessThan(storedTolerance);
      }
    });

    test('similarities are close to those of the vectors before quantization', () => {
      const errors = index
        .nearest(query, { scope: 'a', count: vectors.size })
        .map(({ key, similarity }) => similarity - cosine(query, vectors.get(key) ?? []));
      expect(errors).toHaveLength(vectors.size);
      const largest = Math.max(...errors.map(Math.abs));
      const rms = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
      expect(largest).toBeLessThan(originalTolerance.largest);
      expect(rms).toBeLessThan(originalTolerance.rms);
    });

    test('a stored vector is its own nearest neighbour, at 1 within 1e-4', () => {
      for (const key of ['key-0', 'key-1499', 'key-2999']) {
        const [best] = index.nearest(vectors.get(key)!, { scope: 'a', count: 1 });
        expect(best?.key).toBe(key);
        expect(best?.similarity).toBeGreaterThan(1 - 1e-4);
        expect(best?.similarity).toBeLessThanOrEqual(1);
      }
    });
  });

  test('an empty index, an unknown scope and a count of 0 have no neighbours', () => {
    const index = createIndex(2);
    const query = Float32Array.of(1, 0);
    expect(index.nearest(query, { scope: 'a', count: 1 })).toEqual([]);
    index.add({ key: 'x', scope: 'a', vector: axis(1, 0) });
    expect(index.nearest(query, { scope: 'b', count: 1 })).toEqual([]);
    expect(index.nearest(query, { scope: 'a', count: 0 })).toEqual([]);
  });

  test('a count past the rows of the scope returns them all, opposite ones at -1', () => {
    const index = createIndex(2);
    index.add({ key: 'opposite', scope: 'a', vector: axis(-1, 0) });
    index.add({ key: 'same', scope: 'a', vector: axis(0.5, 0) });
    index.add({ key: 'zero', scope: 'a', vector: axis(0, 0) });
    expect(index.nearest(Float32Array.of(3, 0), { scope: 'a', count: 9 })).toEqual([
      { key: 'same', similarity: 1 },
      { key: 'zero', similarity: 0 },
      { key: 'opposite', similarity: -1 },
    ]);
  });

  test('a row of another scope is never found, however similar', () => {
    const index = createIndex(2);
    index.add({ key: 'far', scope: 'a', vector: axis(0, 1) });
    index.add({ key: 'same', scope: 'b', vector: axis(1, 0) });
    const found = index.nearest(Float32Array.of(1, 0), { scope: 'a', count: 5 });
    expect(found).toEqual([{ key: 'far', similarity: 0 }]);
  });

  test('of equally similar rows the oldest come first, wherever they lie in memory', () => {
    const index = createIndex(2);
    const add = (key: string) => index.add({ key, scope: 's', vector: axis(0, 1) });
    for (let i = 0; i < 50; i++) add(`early-${i}`);
    for (let i = 0; i < 20; i++) index.remove(`early-${i}`);
    for (let i = 0; i < 20; i++) add(`late-${i}`); // into the slots of the removed ones
    add('early-30'); // a replaced row is the newest
    const query = Float32Array.of(0.6, 0.8);
    const nearest = (count: number) => keysOf(index.nearest(query, { scope: 's', count }));
    expect(nearest(3)).toEqual(['early-20', 'early-21', 'early-22']);
    expect(nearest(99).slice(28, 31)).toEqual(['early-49', 'late-0', 'late-1']);
    expect(nearest(99).at(-1)).toBe('early-30');
  });

  test('adding a key again replaces its vector and may move it to another scope', () => {
    const index = createIndex(2);
    index.add({ key: 'x', scope: 'a', vector: axis(1, 0) });
    index.add({ key: 'x', scope: 'a', vector: axis(0, 1) });
    const query = Float32Array.of(0, 1);
    expect(index.nearest(query, { scope: 'a', count: 5 })).toEqual([{ key: 'x', similarity: 1 }]);
    index.add({ key: 'x', scope: 'b', vector: axis(0, 1) });
    expect(index.nearest(query, { scope: 'a', count: 5 })).toEqual([]);
    expect(keysOf(index.nearest(query, { scope: 'b', count: 5 }))).toEqual(['x']);
    expect(index.size).toBe(1);
  });

  test('removed rows are gone, and their memory is used again', () => {
    const index = createIndex(384);
    const vector = quantizeVector(createUnitVector(384, seededRandom(1)));
    const fill = () => {
      for (let i = 0; i < 1_000; i++) index.add({ key: `${i}`, scope: `${i % 2}`, vector });
    };
    fill();
    const { bytes } = index;
    expect([index.remove('1'), index.remove('1'), index.remove('none')]).toEqual([
      true,
      false,
      false,
    ]);
    for (let i = 0; i < 1_000; i += 2) index.remove(`${i}`);
    expect(index.size).toBe(499);
    expect(index.nearest(new Float32Array(384).fill(1), { scope: '0', count: 1 })).toEqual([]);
    fill();
    expect(index.size).toBe(1_000);
    expect(index.bytes).toBe(bytes);
  });

  test('memory is reserved in proportion to the rows', () => {
    const index = createIndex(384);
    const { bytes } = index;
    const vector = quantizeVector(createUnitVector(384, seededRandom(1)));
    for (let i = 0; i < 2_000; i++) index.add({ key: `${i}`, scope: 'a', vector });
    expect(index.bytes).toBeGreaterThan(2_000 * 384);
    expect(index.bytes).toBeLessThan(3_200 * 400 + bytes);
  });

  test('a query that is zero or not finite has no neighbours', () => {
    const index = createIndex(2);
    index.add({ key: 'x', scope: 'a', vector: axis(1, 0) });
    for (const query of [
      Float32Array.of(0, 0),
      Float32Array.of(1, NaN),
      Float32Array.of(Infinity, 0),
    ]) {
      expect(index.nearest(query, { scope: 'a', count: 1 })).toEqual([]);
    }
  });

  test('a vector of the wrong length is refused and changes nothing', () => {
    const index = createIndex(3);
    index.add({ key: 'x', scope: 'a', vector: axis(1, 0, 0) });
    expect(() => index.add({ key: 'x', scope: 'a', vector: axis(1, 0) })).toThrow(RangeError);
    const query = Float32Array.of(1, 0);
    expect(() => index.nearest(query, { scope: 'a', count: 1 })).toThrow(RangeError);
    expect(keysOf(index.nearest(Float32Array.of(1, 0, 0), { scope: 'a', count: 9 }))).toEqual([
      'x',
    ]);
  });

  test('ten thousand scopes of one row each are kept apart', () => {
    const index = createIndex(16);
    const random = seededRandom(3);
    const vectors = Array.from({ length: 10_000 }, () => createUnitVector(16, random));
    for (const [i, vector] of vectors.entries()) {
      index.add({ key: `k${i}`, scope: `s${i}`, vector: quantizeVector(vector) });
    }
    for (const i of [0, 1, 5_000, 9_999]) {
      const found = index.nearest(vectors[i]!, { scope: `s${i}`, count: 3 });
      expect(keysOf(found)).toEqual([`k${i}`]);
    }
  });

  test('after any mix of operations it finds what a plain list would', () => {
    const random = seededRandom(11);
    const pick = (count: number) => Math.floor(random() * count);
    const index = createIndex(20);
    const rows = new Map<string, { scope: string; values: Int8Array }>();
    for (let step = 0; step < 4_000; step++) {
      const [key, scope, action] = [`k${pick(600)}`, `s${pick(5)}`, random()];
      let [removed, expectedRemoved] = [false, false];
      if (action < 0.6) {
        const vector = quantizeVector(createUnitVector(20, random));
        index.add({ key, scope, vector });
        rows.delete(key);
        rows.set(key, { scope, values: vector.values });
      } else {
        [removed, expectedRemoved] = [index.remove(key), rows.delete(key)];
      }
      expect(removed).toBe(expectedRemoved);
      if (step % 40 > 0) continue;
      const query = createUnitVector(20, random);
      const expected = [...rows]
        .filter(([, row]) => row.scope === scope)
        .map(([rowKey, row]) => ({ key: rowKey, similarity: cosine(query, row.values) }))
        .sort((a, b) => b.similarity - a.similarity);
      expect(keysOf(index.nearest(query, { scope, count: 4 }))).toEqual(
        keysOf(expected.slice(0, 4)),
      );
      expect(index.size).toBe(rows.size);
    }
  });
});

test('both kernels give the same similarities, to the bit', () => {
  const { vectors, query } = worlds.clustered(3);
  const results = (['wasm', 'javascript'] as const).map((kernel) => {
    const index = createVectorIndex({ dims: 384, kernel });
    for (const [key, vector] of vectors) {
      index.add({ key, scope: 'a', vector: quantizeVector(vector) });
    }
    return index.nearest(query, { scope: 'a', count: 100 });
  });
  expect(results[0]).toHaveLength(100);
  expect(results[0]).toEqual(results[1]);
});

test.each([0, -16, 1.5, NaN])('dims of %d are refused', (dims) => {
  expect(() => createVectorIndex({ dims })).toThrow(RangeError);
});

describe('where WebAssembly cannot be used', () => {
  afterEach(() => vi.unstubAllGlobals());

  test.each(['missing', 'forbidden by the CSP'])('plain JavaScript searches: %s', (why) => {
    const refuse = () => {
      throw new Error('CompileError: blocked by CSP');
    };
    vi.stubGlobal('WebAssembly', why === 'missing' ? undefined : { Module: refuse });
    const index = createVectorIndex({ dims: 2 });
    index.add({ key: 'x', scope: 'a', vector: axis(1, 0) });
    const found = index.nearest(Float32Array.of(1, 0), { scope: 'a', count: 1 });
    expect(found).toEqual([{ key: 'x', similarity: 1 }]);
    expect(() => createVectorIndex({ dims: 2, kernel: 'wasm' })).toThrow(RangeError);
  });
});
