import { toHex } from '../../shared/to-hex.js';
import type { TransferRefusal } from '../../shared/stored-entry.js';
import { toEntryLine, toHeaderLine } from './entry-file.js';
import type { ForeignEntry } from './prompt-cache.js';
import type { CacheEntry } from './schema.js';
import type { ExportOptions, TransferParts } from './transfer.js';

/** Entries in memory at a time: what was written is the browser's to keep, on disk if it likes. */
const BATCH = 64;

/** Writes the entries that have not expired, newest first, as JSON Lines. */
export async function exportEntries(
  { store, keyMaker, now }: Pick<TransferParts, 'store' | 'keyMaker' | 'now'>,
  { scope, portable }: ExportOptions,
  signal: AbortSignal,
): Promise<Blob | TransferRefusal> {
  const secret = portable ? await toPortableSecret(await store.readSecret()) : undefined;
  if (portable && secret === undefined) {
    return { refused: 'the secret of this database was made to never leave it' };
  }
  const owner = scope === undefined ? undefined : await keyMaker.toOwner(scope);
  const pieces: Blob[] = [];
  let entries = 0;
  let after: CacheEntry | undefined;
  do {
    signal.throwIfAborted();
    const batch = await store.list({ owner, after, count: BATCH, now: now() });
    const lines = await Promise.all(
      batch
        .map(toForeignEntry)
        .map(async (entry) => toEntryLine(entry, await keyMaker.toSeal(entry))),
    );
    pieces.push(new Blob(lines));
    entries += batch.length;
    after = batch.length < BATCH ? undefined : batch.at(-1);
  } while (after !== undefined);
  const header = toHeaderLine({
    format: 'skimp-entries',
    version: 1,
    exportedAt: now(),
    entries,
    secretId: await keyMaker.toSecretId(),
    ...(secret === undefined ? {} : { secret }),
  });
  return new Blob([header, ...pieces], { type: 'application/jsonl' });
}

/** @returns in hex, or `undefined` when it cannot be read. */
async function toPortableSecret(secret: CryptoKey): Promise<string | undefined> {
  if (!secret.extractable) return undefined;
  return toHex(new Uint8Array(await crypto.subtle.exportKey('raw', secret)));
}

/** Without what another store makes anew: size, priority, vector. */
function toForeignEntry({
  bytes: _bytes,
  priority: _priority,
  embedder: _embedder,
  ...entry
}: CacheEntry): ForeignEntry {
  return entry;
}
