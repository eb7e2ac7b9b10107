/** A vector as int8 with one scale: `values[i] * scale` approximates component i. */
export type QuantizedVector = {
  /** Shape (dims), each from -127 to 127. */
  readonly values: Int8Array;
  /** Step between two int8 values; 0 only for the zero vector. */
  readonly scale: number;
};

const maxInt8 = 127;
const maxInt16 = 32_767;
const maxInt32 = 2_147_483_647;

/** Euclidean length; NaN or Infinity when a component is. */
export function vectorNorm(vector: Float32Array | Int8Array): number {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += vector[i]! * vector[i]!;
  return Math.sqrt(squares);
}

/**
 * Quantizes symmetrically, one scale per vector: the largest component becomes 127.
 *
 * @param vector - Shape (dims), any norm.
 * @returns Components within half a `scale` of the original.
 * @throws RangeError when a component is not finite.
 */
export function quantizeVector(vector: Float32Array): QuantizedVector {
  const scale = largestMagnitude(vector) / maxInt8;
  const values = new Int8Array(vector.length);
  if (scale > 0) {
    for (let i = 0; i < vector.length; i++) values[i] = Math.round(vector[i]! / scale);
  }
  return { values, scale };
}

/**
 * Cosine of a query and a stored vector: the figure that a search gives, for one pair.
 *
 * @returns -1 to 1; NaN when either is zero or not finite.
 */
export function toSimilarity(query: Float32Array, { values }: QuantizedVector): number {
  return toCosine(query, values, 1 / vectorNorm(values) / vectorNorm(query));
}

/** @param inverseNorms - 1 over the product of both norms. */
export function toCosine(query: Float32Array, row: Int8Array, inverseNorms: number): number {
  let dot = 0;
  for (let i = 0; i < query.length; i++) dot += query[i]! * row[i]!;
  return Math.max(-1, Math.min(1, dot * inverseNorms));
}

/**
 * Quantizes a query for integer dot products with int8 rows, as finely as int16 allows while no
 * dot product can leave int32. The scale is dropped: all rows share it, so the order is the same.
 *
 * @param query - Shape (dims), finite.
 * @param target - At least dims long; what lies past the query is set to 0.
 */
export function quantizeQuery(query: Float32Array, target: Int16Array): void {
  target.fill(0);
  let sum = 0;
  for (let i = 0; i < query.length; i++) sum += Math.abs(query[i]!);
  if (!(sum > 0)) return;
  // |dot| <= 128 * sum of |int16 values|, and rounding adds at most a half to each of these.
  const maxSum = maxInt32 / 128 - query.length / 2;
  const stepsPerUnit = Math.min(maxInt16 / largestMagnitude(query), maxSum / sum);
  for (let i = 0; i < query.length; i++) target[i] = Math.round(query[i]! * stepsPerUnit);
}

function largestMagnitude(vector: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < vector.length; i++) {
    const magnitude = Math.abs(vector[i]!);
    if (!(magnitude < Infinity)) throw new RangeError(`vector component ${i} is not finite`);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}
