import type { StoredResponse, TokenUsage } from '../../shared/prompt-request.js';
import type { ForeignEntry } from './prompt-cache.js';

/** What the first line of a file of entries says of it. JSON Lines: one entry on each further one. */
export type FileHeader = {
  readonly format: 'skimp-entries';
  readonly version: 1;
  /** Milliseconds since the epoch. */
  readonly exportedAt: number;
  readonly entries: number;
  /** Names the secret by which keys and seals are hashed. */
  readonly secretId: string;
  /** The secret itself, in hex, in a portable file. */
  readonly secret?: string;
};

/** An entry as it is read from a file. The seal is over all of the entry; it is not yet checked. */
export type SealedEntry = { readonly entry: ForeignEntry; readonly seal: string };

/** UTF-16 units: the name of a model is not counted in an entry's bytes. */
const MAX_MODEL_LENGTH = 256;
const MAX_ID_LENGTH = 256;

export function toHeaderLine(header: FileHeader): string {
  return `${JSON.stringify(header)}\n`;
}

export function toEntryLine(entry: ForeignEntry, seal: string): string {
  return `${JSON.stringify({ ...entry, seal })}\n`;
}

/** @returns what is wrong with the line, for people, in place of a header. */
export function parseHeader(line: string): FileHeader | string {
  const header = parseObject(line);
  if (header?.['format'] !== 'skimp-entries') return 'the file is no export of skimp';
  const { version, exportedAt, entries, secretId, secret } = header;
  if (version !== 1) return 'the file is of another version of skimp';
  if (!isCount(exportedAt) || !isCount(entries) || !isHash(secretId)) return 'its header is broken';
  const base = { format: 'skimp-entries', version, exportedAt, entries, secretId } as const;
  if (secret === undefined) return base;
  return isSecret(secret) ? { ...base, secret } : 'its header is broken';
}

/** @returns `undefined` for a line that cannot be an entry; nothing but its known fields is read. */
export function parseEntry(line: string): SealedEntry | undefined {
  const { key, scope, owner, prompt, createdAt, expiresAt, hits, seal, ...rest } =
    parseObject(line) ?? {};
  const response = toResponse(rest['response']);
  if (response === undefined || typeof prompt !== 'string') return undefined;
  if (!isHash(key) || !isHash(scope) || !isHash(owner) || !isHash(seal)) return undefined;
  if (!isCount(createdAt) || !isCount(expiresAt) || !isCount(hits)) return undefined;
  return { entry: { key, scope, owner, prompt, response, createdAt, expiresAt, hits }, seal };
}

function toResponse(value: unknown): StoredResponse | undefined {
  if (!isRecord(value)) return undefined;
  const { text, model, id, latencyMs } = value;
  if (typeof text !== 'string' || text === '') return undefined;
  if (typeof model !== 'string' || model.length > MAX_MODEL_LENGTH) return undefined;
  if (id !== undefined && (typeof id !== 'string' || id.length > MAX_ID_LENGTH)) return undefined;
  if (latencyMs !== undefined && !isAmount(latencyMs)) return undefined;
  const usage = value['usage'] === undefined ? undefined : toUsage(value['usage']);
  if (value['usage'] !== undefined && usage === undefined) return undefined;
  return {
    text,
    model,
    ...(id === undefined ? {} : { id }),
    ...(usage === undefined ? {} : { usage }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
  };
}

function toUsage(value: unknown): TokenUsage | undefined {
  if (!isRecord(value)) return undefined;
  const { promptTokens, completionTokens } = value;
  if (!isAmount(promptTokens) || !isAmount(completionTokens)) return undefined;
  return { promptTokens, completionTokens };
}

function parseObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A hash of scope-key.ts. */
function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

/** 32 to 128 bytes in hex. */
function isSecret(value: unknown): value is string {
  return typeof value === 'string' && /^(?:[0-9a-f]{2}){32,128}$/.test(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** JSON has no NaN, but 1e999 is read as Infinity. */
function isAmount(value: unknown): value is number {
  return Number.isFinite(value) && Number(value) >= 0;
}
