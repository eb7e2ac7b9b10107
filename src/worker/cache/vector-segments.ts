import type { VectorRow } from './entry-store.js';
import type { CacheTransaction, SegmentRecord, TailRecord } from './schema.js';

/** Rows in a full segment. */
export const SEGMENT_ROWS = 1_024;
/** Share of dead rows from which on a segment is written anew. */
const MAX_DEAD_SHARE = 0.25;

/** Adds a vector to the tail, and seals a full tail into a segment. */
export async function appendVector(
  tx: CacheTransaction,
  { key, scope, vector }: VectorRow,
  embedder: string,
): Promise<void> {
  const tail = tx.objectStore('tail');
  await tail.put({ key, scope, embedder, scale: vector.scale, values: vector.values });
  if ((await tail.count()) < SEGMENT_ROWS) return;
  const sealed = (await tail.getAll()).filter((record) => record.embedder === embedder);
  if (sealed.length < SEGMENT_ROWS) return;
  await Promise.all(sealed.map((record) => tail.delete(record.key)));
  await tx.objectStore('segments').add(toSegment(sealed, embedder));
}

/**
 * Reads the vectors of `embedder` whose entries are in `liveKeys`. Segments with many dead rows, of
 * whichever embedder, are written anew on the way.
 */
export async function readSegments(
  tx: CacheTransaction,
  embedder: string,
  liveKeys: ReadonlySet<string>,
): Promise<VectorRow[]> {
  const rows = new Map<string, VectorRow>();
  for (const segment of await tx.objectStore('segments').getAll()) {
    const live = liveRows(segment, liveKeys);
    if (segment.embedder === embedder) for (const row of live) rows.set(row.key, row);
    if (segment.keys.length - live.length > segment.keys.length * MAX_DEAD_SHARE) {
      await replaceSegment(tx, segment, live);
    }
  }
  for (const { key, scope, scale, values, ...record } of await tx.objectStore('tail').getAll()) {
    if (record.embedder === embedder && liveKeys.has(key)) {
      rows.set(key, { key, scope, vector: { scale, values } });
    }
  }
  return [...rows.values()];
}

/** Removes vectors for good: a cleared prompt must not be guessed from what remains on disk. */
export async function purgeVectors(
  tx: CacheTransaction,
  doomedKeys: ReadonlySet<string>,
): Promise<void> {
  const store = tx.objectStore('segments');
  for (const segment of await store.getAll()) {
    const liveKeys = new Set(segment.keys.filter((key) => !doomedKeys.has(key)));
    if (liveKeys.size === segment.keys.length) continue;
    await replaceSegment(tx, segment, liveRows(segment, liveKeys));
  }
}

async function replaceSegment(
  tx: CacheTransaction,
  segment: SegmentRecord,
  rows: readonly VectorRow[],
): Promise<void> {
  const store = tx.objectStore('segments');
  if (segment.id !== undefined) await store.delete(segment.id);
  if (rows.length === 0) return;
  const records = rows.map(({ key, scope, vector }) => ({ key, scope, ...vector }));
  await store.add(toSegment(records, segment.embedder));
}

function liveRows(segment: SegmentRecord, liveKeys: ReadonlySet<string>): VectorRow[] {
  const { keys, scopes, scales, values } = segment;
  const dims = values.length / keys.length;
  return keys.flatMap((key, row) =>
    liveKeys.has(key)
      ? {
          key,
          scope: scopes[row] ?? '',
          vector: {
            scale: scales[row] ?? 0,
            values: values.subarray(row * dims, (row + 1) * dims),
          },
        }
      : [],
  );
}

function toSegment(
  records: readonly Omit<TailRecord, 'embedder'>[],
  embedder: string,
): SegmentRecord {
  const dims = records[0]?.values.length ?? 0;
  const values = new Int8Array(records.length * dims);
  for (const [row, record] of records.entries()) values.set(record.values, row * dims);
  return {
    embedder,
    keys: records.map(({ key }) => key),
    scopes: records.map(({ scope }) => scope),
    scales: Float32Array.from(records, ({ scale }) => scale),
    values,
  };
}
