import { blockRows, compileDotKernel, createDotKernel, type DotKernel } from './dot-product.js';
import { quantizeQuery, toCosine, vectorNorm, type QuantizedVector } from './quantize.js';

/** A stored row near the query; `similarity` is the cosine, from -1 to 1. */
export type Neighbour = { readonly key: string; readonly similarity: number };

/** A vector under its entry key, in the scope that may find it. */
export type VectorIndexRow = {
  readonly key: string;
  readonly scope: string;
  readonly vector: QuantizedVector;
};

/** Where to search, and how many neighbours to return at most. */
export type NearestOptions = { readonly scope: string; readonly count: number };

/** Exact nearest-neighbour search by cosine over int8 vectors held in memory. */
export interface VectorIndex {
  /** Rows, of all scopes. */
  readonly size: number;
  /** Memory reserved for vectors and per-row numbers, keys excluded. It is reused, never freed. */
  readonly bytes: number;
  /**
   * Adds the vector under `key`, an entry key. A key that is present, in whichever scope, is
   * replaced and then counts as the newest row.
   *
   * @throws RangeError when the vector's length is not `dims`, or memory cannot grow; the index is
   * then as it was.
   */
  add(row: VectorIndexRow): void;
  /** Whether there was such a row to remove. */
  remove(key: string): boolean;
  /**
   * The `count` rows of `scope` most similar to the query, best first; of equals, the oldest first.
   * Every row of the scope is compared, the rows of other scopes are not touched. Similarities are
   * those of the stored int8 vector, to 1e-6. A query that is zero or not finite has no neighbours.
   *
   * @param query - Shape (dims), any norm.
   * @throws RangeError when the query's length is not `dims`.
   */
  nearest(query: Float32Array, options: NearestOptions): readonly Neighbour[];
}

/**
 * Creates an empty index.
 *
 * @param options - `dims`: length of every vector. `kernel`: by default WASM SIMD, or plain
 * JavaScript (same results, slower) where {@link compileDotKernel} gives nothing.
 * @throws RangeError when `dims` is not a positive integer, or `kernel` is not to be had.
 */
export function createVectorIndex(options: {
  readonly dims: number;
  readonly kernel?: 'wasm' | 'javascript';
}): VectorIndex {
  const { dims, kernel } = options;
  if (!Number.isInteger(dims) || dims < 1) {
    throw new RangeError(`dims must be a positive integer, got ${dims}`);
  }
  const compiled = kernel === 'javascript' ? undefined : compileDotKernel();
  if (kernel === 'wasm' && !compiled) throw new RangeError('WebAssembly SIMD is not available');
  return new FlatIndex(dims, createDotKernel(dims, compiled));
}

/** Candidates rescored with the float query, per neighbour asked for. */
const shortlistFactor = 4;
const growthFactor = 1.5;

class FlatIndex implements VectorIndex {
  readonly #dims: number;
  readonly #memory: RowMemory;
  readonly #slotOf = new Map<string, number>();
  /** By slot; undefined where the slot is free. */
  readonly #rows: ({ readonly key: string; readonly scope: string } | undefined)[] = [];
  readonly #freeSlots: number[] = [];
  /** Ascending, because scattered reads of rows are five times slower than forward ones. */
  readonly #slotsOfScope = new Map<string, number[]>();
  #added = 0;
  readonly #shortlist = new Ranking();
  readonly #best = new Ranking();

  constructor(dims: number, kernel: DotKernel) {
    this.#dims = dims;
    this.#memory = new RowMemory(kernel);
  }

  get size(): number {
    return this.#slotOf.size;
  }

  get bytes(): number {
    return this.#memory.bytes;
  }

  add({ key, scope, vector }: VectorIndexRow): void {
    this.#assertLength(vector.values);
    if (!this.remove(key) && this.#freeSlots.length === 0) this.#memory.reserve(this.size + 1);
    const slot = this.#freeSlots.pop() ?? this.#rows.length;
    this.#memory.write(slot, { values: vector.values, order: this.#added++ });
    this.#rows[slot] = { key, scope };
    this.#slotOf.set(key, slot);
    const slots = this.#slotsOfScope.get(scope);
    if (slots) slots.splice(positionOf(slots, slot), 0, slot);
    else this.#slotsOfScope.set(scope, [slot]);
  }

  remove(key: string): boolean {
    const slot = this.#slotOf.get(key);
    const scope = slot === undefined ? undefined : this.#rows[slot]?.scope;
    if (slot === undefined || scope === undefined) return false;
    const slots = this.#slotsOfScope.get(scope) ?? [];
    slots.splice(positionOf(slots, slot), 1);
    if (slots.length === 0) this.#slotsOfScope.delete(scope);
    this.#free(slot);
    return true;
  }

  nearest(query: Float32Array, options: NearestOptions): readonly Neighbour[] {
    this.#assertLength(query);
    const slots = this.#slotsOfScope.get(options.scope);
    const queryNorm = vectorNorm(query);
    if (!slots || !(options.count >= 1) || !(queryNorm > 0 && queryNorm < Infinity)) return [];
    const count = Math.min(Math.floor(options.count), slots.length);
    this.#fillShortlist(query, slots, Math.min(count * shortlistFactor, slots.length));
    this.#best.reset(count);
    for (let i = 0; i < this.#shortlist.length; i++) {
      const slot = this.#shortlist.slots[i]!;
      const similarity = this.#memory.similarity(slot, query, queryNorm);
      this.#best.offer(similarity, slot, this.#memory.orders[slot]!);
    }
    const neighbours: Neighbour[] = [];
    for (let i = 0; i < this.#best.length; i++) {
      const row = this.#rows[this.#best.slots[i]!];
      if (row) neighbours.push({ key: row.key, similarity: this.#best.scores[i]! });
    }
    return neighbours;
  }

  #fillShortlist(query: Float32Array, slots: readonly number[], count: number): void {
    const { kernel, inverseNorms, orders } = this.#memory;
    quantizeQuery(query, kernel.views.query);
    const { slots: blockSlots, dots } = kernel.views;
    this.#shortlist.reset(count);
    for (let start = 0; start < slots.length; start += blockRows) {
      const rows = Math.min(blockRows, slots.length - start);
      for (let i = 0; i < rows; i++) blockSlots[i] = slots[start + i] ?? 0;
      kernel.dot(rows);
      for (let i = 0; i < rows; i++) {
        const slot = blockSlots[i]!;
        const score = dots[i]! * inverseNorms[slot]!;
        if (score >= this.#shortlist.floor) this.#shortlist.offer(score, slot, orders[slot]!);
      }
    }
  }

  #free(slot: number): void {
    const row = this.#rows[slot];
    if (row) this.#slotOf.delete(row.key);
    this.#rows[slot] = undefined;
    this.#freeSlots.push(slot);
  }

  #assertLength(vector: { readonly length: number }): void {
    if (vector.length === this.#dims) return;
    throw new RangeError(`expected a vector of ${this.#dims} components, got ${vector.length}`);
  }
}

/** Rows by slot, with what a search needs of each. Slots past the capacity are not to be used. */
class RowMemory {
  readonly kernel: DotKernel;
  /** 1 / norm of the int8 row, 0 for a zero row: a row's scale cancels out of its cosine. */
  inverseNorms = new Float64Array(0);
  /** The larger, the later added. */
  orders = new Float64Array(0);

  constructor(kernel: DotKernel) {
    this.kernel = kernel;
  }

  get bytes(): number {
    const { kernel, inverseNorms, orders } = this;
    return kernel.views.rows.buffer.byteLength + inverseNorms.byteLength + orders.byteLength;
  }

  reserve(rows: number): void {
    if (rows <= this.orders.length) return;
    const capacity = Math.max(rows, Math.ceil(this.orders.length * growthFactor));
    const inverseNorms = new Float64Array(capacity);
    const orders = new Float64Array(capacity);
    this.kernel.grow(capacity);
    inverseNorms.set(this.inverseNorms);
    orders.set(this.orders);
    this.inverseNorms = inverseNorms;
    this.orders = orders;
  }

  write(slot: number, row: { readonly values: Int8Array; readonly order: number }): void {
    // Padding needs no clearing: memory starts as zeros and every row has the same length.
    this.kernel.views.rows.set(row.values, slot * this.kernel.stride);
    const norm = vectorNorm(row.values);
    this.inverseNorms[slot] = norm > 0 ? 1 / norm : 0;
    this.orders[slot] = row.order;
  }

  similarity(slot: number, query: Float32Array, queryNorm: number): number {
    const first = slot * this.kernel.stride;
    const row = this.kernel.views.rows.subarray(first, first + query.length);
    return toCosine(query, row, this.inverseNorms[slot]! / queryNorm);
  }
}

/** The best slots seen, best first: higher score, then lower order. Arrays are kept for reuse. */
class Ranking {
  length = 0;
  /** Below this score an offer cannot enter. */
  floor = -Infinity;
  #capacity = 0;
  slots = new Uint32Array(0);
  scores = new Float64Array(0);
  #orders = new Float64Array(0);

  reset(capacity: number): void {
    this.length = 0;
    this.floor = -Infinity;
    this.#capacity = capacity;
    if (capacity <= this.slots.length) return;
    this.slots = new Uint32Array(capacity);
    this.scores = new Float64Array(capacity);
    this.#orders = new Float64Array(capacity);
  }

  offer(score: number, slot: number, order: number): void {
    let at = this.length;
    if (at < this.#capacity) this.length++;
    else if (this.#precedes(score, order, at - 1)) at--;
    else return;
    for (; at > 0 && this.#precedes(score, order, at - 1); at--) {
      this.scores[at] = this.scores[at - 1]!;
      this.slots[at] = this.slots[at - 1]!;
      this.#orders[at] = this.#orders[at - 1]!;
    }
    this.scores[at] = score;
    this.slots[at] = slot;
    this.#orders[at] = order;
    if (this.length === this.#capacity) this.floor = this.scores[this.length - 1]!;
  }

  #precedes(score: number, order: number, at: number): boolean {
    const other = this.scores[at]!;
    return score > other || (score === other && order < this.#orders[at]!);
  }
}

/** Where `slot` is, or belongs, in an ascending list; rows mostly come and go at its end. */
function positionOf(slots: readonly number[], slot: number): number {
  let low = 0;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((slots[middle] ?? slot) < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}
