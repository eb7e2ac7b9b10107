import type { ImportResult, ImportSkip, TransferRefusal } from '../../shared/stored-entry.js';
import { parseEntry, parseHeader } from './entry-file.js';
import type { FileHeader } from './entry-file.js';
import type { ForeignEntry } from './prompt-cache.js';
import { readLines } from './read-lines.js';
import type { TransferParts } from './transfer.js';

/** Entries written in one transaction, at most: after each, the store is back within `maxBytes`. */
const BATCH = 32;
/** UTF-16 units written in one transaction; a longer entry has one of its own. */
const BATCH_LENGTH = 65_536;
/** UTF-16 units of a line beside its texts. */
const LINE_OVERHEAD = 4_096;
/** How far the clock of another machine may be ahead, in milliseconds. */
const MAX_CLOCK_LEAD_MS = 300_000;
/** Bounds of what eviction reckons with: a made-up number must not keep an entry for ever. */
const MAX_HITS = 10_000;
const MAX_TOKENS = 10_000_000;

/**
 * Reads a file that `exportEntries` wrote, or somebody else: it is not trusted. An entry counts only
 * with a seal that whoever lacks the secret cannot make.
 */
export async function importEntries(
  parts: TransferParts,
  file: Blob,
  signal: AbortSignal,
): Promise<ImportResult | TransferRefusal> {
  // The largest entry has an eighth as many characters as `maxBytes`, and JSON writes two for some.
  const lines = readLines(file, parts.maxBytes / 4 + LINE_OVERHEAD);
  const { value: first } = await lines.next();
  const header = parseHeader(first ?? '');
  const refused = typeof header === 'string' ? header : await findRefusal(parts, header);
  if (refused !== undefined) {
    await lines.return();
    return { refused };
  }
  const batch = createBatch(parts);
  for await (const line of lines) {
    signal.throwIfAborted();
    if (line?.trim() !== '') await batch.add(line);
  }
  return batch.end();
}

/** Adopts the file's secret where it can; else says why its entries cannot be used here. */
async function findRefusal(
  { keyMaker, cache, adoptSecret }: TransferParts,
  { secretId, secret }: FileHeader,
): Promise<string | undefined> {
  if (secretId === (await keyMaker.toSecretId())) return undefined;
  if (secret === undefined) {
    return 'its entries are bound to another database: only a portable export can leave that';
  }
  const imported = await toCryptoKey(secret);
  if ((await keyMaker.toSecretId(imported)) !== secretId) return 'its header is broken';
  await cache.removeExpired(); // the database may be empty but for those
  if (await adoptSecret(imported)) return undefined;
  return 'it has another secret than the entries stored here; clear() those first';
}

function toCryptoKey(hex: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', bytes, algorithm, true, ['sign']);
}

/** Checks lines, and writes what is good by the batch. */
function createBatch({ cache, keyMaker, now, ttlMs }: TransferParts) {
  const reasons = { malformed: 0, altered: 0, expired: 0, known: 0, 'too-large': 0 };
  let imported = 0;
  let waiting: ForeignEntry[] = [];
  let length = 0;

  async function flush(): Promise<void> {
    const entries = waiting;
    waiting = [];
    length = 0;
    const { added, known, tooLarge } = await cache.merge(entries);
    imported += added;
    reasons.known += known;
    reasons['too-large'] += tooLarge;
  }

  /** @returns the entry as it may be stored, or why it may not. */
  async function check(line: string | undefined): Promise<ForeignEntry | ImportSkip> {
    if (line === undefined) return 'too-large';
    const parsed = parseEntry(line);
    if (parsed === undefined) return 'malformed';
    const { entry, seal } = parsed;
    if (seal !== (await keyMaker.toSeal(entry))) return 'altered';
    const time = now();
    if (entry.createdAt > time + MAX_CLOCK_LEAD_MS) return 'malformed';
    const createdAt = Math.min(entry.createdAt, time);
    const expiresAt = Math.min(entry.expiresAt, createdAt + ttlMs);
    if (expiresAt <= time) return 'expired';
    return { ...toBounded(entry), createdAt, expiresAt };
  }

  return {
    async add(line: string | undefined): Promise<void> {
      const checked = await check(line);
      if (typeof checked === 'string') {
        reasons[checked] += 1;
        return;
      }
      const size = checked.prompt.length + checked.response.text.length;
      if (waiting.length > 0 && length + size > BATCH_LENGTH) await flush();
      waiting.push(checked);
      length += size;
      if (waiting.length === BATCH) await flush();
    },
    async end(): Promise<ImportResult> {
      if (waiting.length > 0) await flush();
      const skipped = Object.values(reasons).reduce((sum, count) => sum + count, 0);
      return { imported, skipped, reasons };
    },
  };
}

function toBounded(entry: ForeignEntry): ForeignEntry {
  const { hits, response } = entry;
  const { usage, ...rest } = response;
  const bounded = { ...entry, hits: Math.min(hits, MAX_HITS) };
  if (usage === undefined) return bounded;
  const promptTokens = Math.min(usage.promptTokens, MAX_TOKENS);
  const completionTokens = Math.min(usage.completionTokens, MAX_TOKENS);
  return { ...bounded, response: { ...rest, usage: { promptTokens, completionTokens } } };
}
