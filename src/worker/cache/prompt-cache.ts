import type { CacheHit, CacheMiss, Candidate } from '../../shared/decision.js';
import { isSkimpError } from '../../shared/errors.js';
import type { StoredResponse } from '../../shared/prompt-request.js';
import type { EntryStore, Removal } from './entry-store.js';
import { toEntryBytes, toPriority } from './eviction-priority.js';
import { checkGuards } from './guards/check-guards.js';
import { parsePromptWords } from './guards/prompt-words.js';
import { quantizeVector } from './quantize.js';
import { toMaxRisk, toRisk } from './risk.js';
import type { RiskModel } from './risk.js';
import type { CacheEntry, Totals } from './schema.js';
import type { RequestKeys } from './scope-key.js';
import type { TabMessage } from './tab-channel.js';
import { createVectorIndex } from './vector-index.js';
import type { VectorIndex } from './vector-index.js';

/** Nearest prompts that are looked at: those past a guard or an expired one get their chance. */
const CANDIDATES = 5;
/** Share of `maxBytes` to which eviction clears, so that it does not run at every store. */
const EVICTION_TARGET = 0.9;
/** Share of `maxBytes` that one entry may take: a giant must not drive out all others. */
const MAX_ENTRY_SHARE = 0.25;
/** Share of the present bytes to which eviction clears when the disk is full. */
const FULL_DISK_TARGET = 0.75;

/** A decision without its time. */
export type Decision =
  | Omit<CacheHit, 'lookupMs'>
  | (Omit<CacheMiss, 'lookupMs' | 'key'> & { readonly reason: 'no-candidate' | 'risk' | 'guard' });

export type PromptCacheOptions = {
  readonly store: EntryStore;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly ttlMs: number;
  readonly maxBytes: number;
  readonly maxErrorRate: number;
  readonly onEvict: (removal: Removal) => void;
  /** Tells other tabs what changed. */
  readonly announce: (message: TabMessage) => void;
};

/** The vectors of one embedder, and how its similarities are to be read. */
type SemanticTier = {
  readonly embedder: string;
  readonly index: VectorIndex;
  readonly riskModel: RiskModel;
  readonly maxRisk: number;
};

/** Look up, store, expire, evict. Knows no model: vectors come from outside. */
export interface PromptCache {
  /** The answer stored for this very text, if it is still good. */
  findExact(keys: RequestKeys): Promise<Decision | undefined>;
  /** The answer of the nearest prompt that is safe enough and passes the guards. */
  findSimilar(keys: RequestKeys, prompt: string, vector: Float32Array): Promise<Decision>;
  /**
   * Keeps an answer; its vector may follow by `addVector`.
   *
   * @returns its size in bytes, or `undefined` when it is too large a part of the store to be kept.
   */
  add(keys: RequestKeys, prompt: string, response: StoredResponse): Promise<number | undefined>;
  /** Keeps an entry's vector, in the store and in the index. */
  addVector(keys: Pick<RequestKeys, 'key' | 'scope'>, vector: Float32Array): Promise<void>;
  /** Follows what another tab did. */
  receive(message: TabMessage): void;
  remove(key: string): Promise<boolean>;
  clear(owner: string | undefined): Promise<Removal>;
  removeExpired(): Promise<Removal>;
  /** Entries that have no vector of the embedder in use. */
  listUnembedded(count: number): Promise<readonly CacheEntry[]>;
  /** Reads the vectors of `embedder` and opens the semantic tier. */
  openSemanticTier(embedder: string, dims: number, riskModel: RiskModel): Promise<void>;
}

export function createPromptCache(options: PromptCacheOptions): PromptCache {
  const { store, now, ttlMs, maxBytes, maxErrorRate, onEvict, announce } = options;
  let tier: SemanticTier | undefined;

  function forget(keys: readonly string[]): void {
    for (const key of keys) tier?.index.remove(key);
  }

  function afterRemoval(removal: Removal): Removal {
    forget(removal.keys);
    if (removal.keys.length > 0) announce({ type: 'removed', keys: removal.keys });
    return removal;
  }

  async function readLive(key: string): Promise<CacheEntry | undefined> {
    const entry = await store.get(key);
    if (entry !== undefined && now() < entry.expiresAt) return entry;
    forget([key]);
    return undefined;
  }

  function hit(tierName: CacheHit['tier'], entry: CacheEntry, candidate: Candidate): Decision {
    // Not awaited: the count serves eviction alone, and the answer must not wait for the disk.
    store.countHit(entry.key, toPriority).catch(() => {});
    return {
      kind: 'hit',
      tier: tierName,
      key: entry.key,
      response: entry.response,
      ...candidate,
    };
  }

  async function evictTo(targetBytes: number): Promise<void> {
    onEvict(afterRemoval(await store.evict(targetBytes)));
  }

  /** Puts an entry and keeps to `maxBytes`. */
  async function putWithRoom(entry: CacheEntry): Promise<void> {
    const { bytes } = await putOrEvict(entry);
    if (bytes > maxBytes) await evictTo(maxBytes * EVICTION_TARGET);
  }

  /** A disk that is full before `maxBytes` is reached counts as the bound. */
  async function putOrEvict(entry: CacheEntry): Promise<Totals> {
    try {
      return await store.put(entry);
    } catch (error) {
      const { bytes } = await store.totals();
      if (!isSkimpError(error) || error.code !== 'storage-full' || bytes === 0) throw error;
      await evictTo(bytes * FULL_DISK_TARGET);
      return store.put(entry);
    }
  }

  const toCandidate = (entry: CacheEntry, similarity: number, risk: number): Candidate => ({
    similarity,
    risk,
    matchedPrompt: entry.prompt,
    ageMs: Math.max(0, now() - entry.createdAt),
  });

  return {
    async findExact({ key }) {
      const entry = await readLive(key);
      return entry && hit('exact', entry, toCandidate(entry, 1, 0));
    },
    async findSimilar({ scope }, prompt, vector) {
      if (tier === undefined) return { kind: 'miss', reason: 'no-candidate' };
      const words = parsePromptWords(prompt);
      let nearest: CacheMiss['nearest'];
      for (const { key, similarity } of tier.index.nearest(vector, { scope, count: CANDIDATES })) {
        const entry = await readLive(key);
        if (entry === undefined) continue;
        const candidate = toCandidate(entry, similarity, toRisk(similarity, tier.riskModel));
        const guard = checkGuards(words, parsePromptWords(entry.prompt));
        nearest ??= guard === undefined ? candidate : { ...candidate, guard };
        if (candidate.risk > tier.maxRisk) break; // sorted: no later candidate is safer
        if (guard === undefined) return hit('semantic', entry, candidate);
      }
      if (nearest === undefined) return { kind: 'miss', reason: 'no-candidate' };
      // A guard is the reason only where the risk alone would have let the answer through.
      return { kind: 'miss', reason: nearest.risk <= tier.maxRisk ? 'guard' : 'risk', nearest };
    },
    async add(keys, prompt, response) {
      const bytes = toEntryBytes(prompt, response.text);
      if (bytes > maxBytes * MAX_ENTRY_SHARE) return undefined;
      const createdAt = now();
      const fresh = { ...keys, prompt, response, createdAt, bytes, hits: 0 };
      const priority = toPriority(fresh, await store.totals());
      const entry = { ...fresh, expiresAt: createdAt + ttlMs, priority, embedder: '' };
      await putWithRoom(entry);
      return bytes;
    },
    async addVector({ key, scope }, vector) {
      if (tier === undefined) return;
      const { embedder, index } = tier;
      const row = { key, scope, vector: quantizeVector(vector) };
      await store.putVector(row, embedder);
      index.add(row);
      announce({ type: 'added', row, embedder });
    },
    receive(message) {
      if (message.type === 'removed') forget(message.keys);
      else if (message.embedder === tier?.embedder) tier.index.add(message.row);
    },
    remove: async (key) => afterRemoval(await store.remove([key])).keys.length > 0,
    clear: async (owner) => afterRemoval(await store.clear(owner)),
    removeExpired: async () => afterRemoval(await store.removeExpired(now())),
    listUnembedded: (count) =>
      tier === undefined ? Promise.resolve([]) : store.listUnembedded(tier.embedder, count),
    async openSemanticTier(embedder, dims, riskModel) {
      const index = createVectorIndex({ dims });
      for (const row of await store.readVectors(embedder)) index.add(row);
      tier = { embedder, index, riskModel, maxRisk: toMaxRisk(maxErrorRate, riskModel) };
    },
  };
}
