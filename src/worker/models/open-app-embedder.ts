import { SkimpError, toSkimpError } from '../../shared/errors.js';
import { toHex } from '../../shared/to-hex.js';
import { normalize } from './embedder.js';
import type { Embedder, Embedding } from './embedder.js';
import { toAppEmbedderError } from './steady-embedder.js';
import type { SteadyEmbedder } from './steady-embedder.js';

/** How long the app's model may take, in milliseconds. */
export type AppEmbedderLimits = {
  /** For each of the first texts: a GPU compiles its programs then. */
  readonly firstMs: number;
  readonly laterMs: number;
};

/** Texts whose vectors tell one embedder from another, and a working one from a broken one. */
const PROBES = [
  'Where can I read about the history of the town?',
  'An invoice of 1,250.00 was paid twice in March.',
  'compile the module and list its unused imports',
];
/** Cosine of two probes past which all texts embed alike: the nearest two of MiniLM have 0.1. */
const MAX_PROBE_SIMILARITY = 0.999;
/** Steps of a vector's component in a fingerprint: finer than another number format, coarser than noise. */
const FINGERPRINT_STEPS = 1_000;

/**
 * Tries the app's model on a few texts and makes an {@link Embedder} of it.
 *
 * The fingerprint is a hash of the model's id and of the vectors of those texts. The id alone would
 * not do: nobody changes it with the weights, their number format or the pooling, and each of these
 * makes vectors that must not meet the earlier ones. The same model on another device may come to
 * another fingerprint, which costs making its vectors again, and no wrong hit.
 *
 * @throws {@link SkimpError} `model-load-failed` when it gives no usable vectors.
 */
export async function openAppEmbedder(
  app: SteadyEmbedder,
  limits: AppEmbedderLimits,
): Promise<Embedder> {
  try {
    return await probe(app, limits);
  } catch (error) {
    const { message, cause } = toSkimpError(error, 'internal');
    const detail = cause instanceof Error ? `: ${cause.message}` : '';
    throw new SkimpError('model-load-failed', message + detail, { cause: error });
  }
}

async function probe(
  app: SteadyEmbedder,
  { firstMs, laterMs }: AppEmbedderLimits,
): Promise<Embedder> {
  const vectors: Float32Array[] = [];
  let { dims = 0 } = app;
  for (const text of PROBES) {
    const vector = await app.embed(text, firstMs);
    if (typeof vector === 'string') throw toAppEmbedderError(`finds a short text ${vector}`);
    dims ||= vector.length;
    vectors.push(toUnitVector(vector, dims));
  }
  if (haveOneDirection(vectors)) throw toAppEmbedderError('gives different texts the same vector');
  return {
    fingerprint: await toFingerprint(app.id, vectors),
    dims,
    async embed(text): Promise<Embedding> {
      const vector = await app.embed(text, laterMs);
      if (typeof vector === 'string') return { kind: vector };
      return { kind: 'vector', vector: toUnitVector(vector, dims) };
    },
  };
}

function toUnitVector(vector: Float32Array, dims: number): Float32Array {
  if (vector.length !== dims)
    throw toAppEmbedderError(`gave ${vector.length} components and not ${dims}`);
  normalize(vector);
  return vector;
}

function haveOneDirection([first, ...others]: readonly Float32Array[]): boolean {
  return others.every((other) => first !== undefined && dot(first, other) > MAX_PROBE_SIMILARITY);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let dim = 0; dim < a.length; dim += 1) sum += a[dim]! * b[dim]!;
  return sum;
}

async function toFingerprint(id: string, vectors: readonly Float32Array[]): Promise<string> {
  const rounded = vectors.map((vector) =>
    Array.from(vector, (value) => Math.round(value * FINGERPRINT_STEPS)),
  );
  const bytes = new TextEncoder().encode(JSON.stringify([id, ...rounded]));
  return `app:${toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))}`;
}
