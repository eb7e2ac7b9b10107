import { vectorNorm } from './quantize.js';

/** mulberry32: the same numbers from 0 to 1 for the same seed, in every engine. For tests. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A unit vector, shape (dims): drawn evenly from the sphere, or within about `spread` of a centre. */
export function createUnitVector(
  dims: number,
  random: () => number,
  near?: { readonly centre: Float32Array; readonly spread: number },
): Float32Array {
  const vector = Float32Array.from({ length: dims }, (_, i) => {
    const noise = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return near ? near.centre[i]! + (near.spread * noise) / Math.sqrt(dims) : noise;
  });
  const norm = vectorNorm(vector);
  return vector.map((component) => component / norm);
}
