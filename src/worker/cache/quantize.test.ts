import { describe, expect, test } from 'vitest';
import { quantizeQuery, quantizeVector, toSimilarity } from './quantize.js';
import { createUnitVector, seededRandom } from './seeded-random.js';
import { createVectorIndex } from './vector-index.js';

describe('quantizeVector', () => {
  test('every component is within half a step of the original', () => {
    const random = seededRandom(1);
    for (let round = 0; round < 20; round++) {
      const vector = createUnitVector(384, random);
      const { values, scale } = quantizeVector(vector);
      const errors = vector.map((component, i) => Math.abs(component - values[i]! * scale));
      expect(Math.max(...errors)).toBeLessThanOrEqual(scale * 0.500001);
    }
  });

  test('the largest component becomes 127 or -127, and -128 is never used', () => {
    expect(quantizeVector(Float32Array.of(0.6, -0.8)).values).toEqual(Int8Array.of(95, -127));
    expect(quantizeVector(Float32Array.of(-3e38, 3e38)).values).toEqual(Int8Array.of(-127, 127));
    expect(quantizeVector(Float32Array.of(1e-45, 0)).values).toEqual(Int8Array.of(127, 0));
  });

  test('the zero vector has scale 0', () => {
    expect(quantizeVector(new Float32Array(3))).toEqual({ values: new Int8Array(3), scale: 0 });
  });

  test.each([NaN, Infinity])('a component of %d is refused', (component) => {
    expect(() => quantizeVector(Float32Array.of(0.5, component))).toThrow(RangeError);
  });
});

describe('quantizeQuery', () => {
  test('the query fills int16 and what lies past it is cleared', () => {
    const target = new Int16Array(4).fill(9);
    quantizeQuery(Float32Array.of(0.5, -1), target);
    expect(target).toEqual(Int16Array.of(16_384, -32_767, 0, 0));
  });

  test('the zero query is all zeros', () => {
    const target = new Int16Array(2).fill(9);
    quantizeQuery(new Float32Array(2), target);
    expect(target).toEqual(new Int16Array(2));
  });
});

describe('toSimilarity', () => {
  test('is to the last digits what a search gives for the same two vectors', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 20; round++) {
      const [query, other] = [createUnitVector(384, random), createUnitVector(384, random)];
      const vector = quantizeVector(other);
      const index = createVectorIndex({ dims: 384 });
      index.add({ key: 'x', scope: 'a', vector });
      const [found] = index.nearest(query, { scope: 'a', count: 1 });
      expect(toSimilarity(query, vector)).toBeCloseTo(found?.similarity ?? Number.NaN, 14);
    }
  });

  test('of a zero vector is no number', () => {
    const zero = quantizeVector(Float32Array.of(0, 0));
    expect(toSimilarity(Float32Array.of(1, 0), zero)).toBeNaN();
  });
});
