import type { CacheHit, CacheMiss, Candidate } from '../../shared/decision.js';
import type { StoredResponse } from '../../shared/prompt-request.js';
import type { RiskThreshold } from '../../shared/status.js';
import { createBoundedWriter } from './bounded-writer.js';
import type { EntryStore, Removal } from './entry-store.js';
import { toEntryBytes, toPriority } from './eviction-priority.js';
import type { Feedback, Verdict } from './feedback.js';
import { parsePromptWords } from './guards/prompt-words.js';
import { createJudge, isServable } from './judge.js';
import type { Judge, Judgement } from './judge.js';
import { toPairFeatures } from './pair-features.js';
import type { PairFeatures } from './pair-features.js';
import { quantizeVector } from './quantize.js';
import type { RiskModel } from './risk.js';
import type { CacheEntry } from './schema.js';
import type { RequestKeys } from './scope-key.js';
import type { TabMessage } from './tab-channel.js';
import { openThreshold } from './threshold.js';
import type { Threshold } from './threshold.js';
import { createVectorIndex } from './vector-index.js';
import type { VectorIndex } from './vector-index.js';

/** Nearest prompts that are looked at: those past a guard or an expired one get their chance. */
const CANDIDATES = 5;

/** A decision without its time. */
export type Decision =
  | Omit<CacheHit, 'lookupMs'>
  | (Omit<CacheMiss, 'lookupMs' | 'key'> & { readonly reason: 'no-candidate' | 'risk' | 'guard' });

/** An earlier prompt of the scope, near the one asked. */
export type SimilarPrompt = { readonly entry: CacheEntry; readonly features: PairFeatures };

/** One that was judged. */
export type JudgedPrompt = { readonly entry: CacheEntry; readonly judgement: Judgement };

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
  readonly threshold: Threshold;
};

/** What the semantic tier is opened with. */
export type SemanticTierOptions = {
  /** Fingerprint of the embedder. */
  readonly embedder: string;
  readonly dims: number;
  readonly riskModel: RiskModel;
};

/** An entry that was not made here: size and priority are this store's own. */
export type ForeignEntry = Omit<CacheEntry, 'bytes' | 'priority' | 'embedder'>;

/** What became of entries that were to be merged. */
export type MergeCounts = {
  readonly added: number;
  /** Not newer than what is there. */
  readonly known: number;
  readonly tooLarge: number;
};

/** Look up, store, expire, evict. Knows no model: vectors come from outside. */
export interface PromptCache {
  /** The answer stored for this very text, if it is still good. */
  findExact(keys: RequestKeys): Promise<Decision | undefined>;
  /** Judges by the present calibration and threshold; `undefined` before the tier is open. */
  judge(): Judge | undefined;
  /** The nearest prompts of the scope with what is known of them, most similar first. */
  findSimilar(
    keys: RequestKeys,
    prompt: string,
    vector: Float32Array,
  ): Promise<readonly SimilarPrompt[]>;
  /**
   * The answer of the prompt with the lowest risk among those whose judgement is final and that may
   * be served; else why there is none, told of the most similar prompt. An entry that was removed
   * since it was found is not served.
   *
   * @param similar - Most similar first.
   */
  decide(similar: readonly JudgedPrompt[]): Promise<Decision>;
  /**
   * Keeps an answer; its vector may follow by `addVector`.
   *
   * @returns its size in bytes, or `undefined` when it is too large a part of the store to be kept.
   */
  add(keys: RequestKeys, prompt: string, response: StoredResponse): Promise<number | undefined>;
  /**
   * Adds entries from elsewhere where they are newer than what is there; their vectors are made
   * later.
   */
  merge(entries: readonly ForeignEntry[]): Promise<MergeCounts>;
  /** Keeps an entry's vector, in the store and in the index. */
  addVector(keys: Pick<RequestKeys, 'key' | 'scope'>, vector: Float32Array): Promise<void>;
  /** Follows what another tab did. */
  receive(message: TabMessage): void;
  remove(key: string): Promise<boolean>;
  /** Removes an entry and its vector at once, not lazily. */
  purge(key: string): Promise<boolean>;
  clear(owner: string | undefined): Promise<Removal>;
  removeExpired(): Promise<Removal>;
  /** Whether it has a vector of the embedder in use, or of any before there is one. */
  hasVector(entry: CacheEntry): boolean;
  /** Entries that have no vector of the embedder in use. */
  listUnembedded(count: number): Promise<readonly CacheEntry[]>;
  /** Reads the vectors of `embedder` and opens the semantic tier. */
  openSemanticTier(options: SemanticTierOptions): Promise<void>;
  /** The threshold in force; `undefined` before the tier is open. */
  threshold(): RiskThreshold | undefined;
  /**
   * Moves the threshold by what a user says of a semantic hit.
   *
   * @returns whether it counted: each served hit counts once, exact hits never.
   */
  report(key: string, verdict: Verdict): Promise<boolean>;
  /** What the reports have come to, for a store that takes over. */
  feedback(): ReadonlyMap<string, Feedback>;
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
    if (tierName === 'semantic') tier?.threshold.noteServed(entry.key);
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

  const writer = createBoundedWriter({ store, maxBytes, evictTo });

  const toCandidate = (
    entry: CacheEntry,
    sureness: Pick<Candidate, 'similarity' | 'risk' | 'verifier'>,
  ): Candidate => ({
    ...sureness,
    matchedPrompt: entry.prompt,
    ageMs: Math.max(0, now() - entry.createdAt),
  });

  const toJudgedCandidate = ({ entry, judgement }: JudgedPrompt): Candidate => {
    const { features, risk, verifier } = judgement;
    const { similarity } = features;
    const sureness = verifier === undefined ? { similarity, risk } : { similarity, risk, verifier };
    return toCandidate(entry, sureness);
  };

  return {
    async findExact({ key }) {
      const entry = await readLive(key);
      return entry && hit('exact', entry, toCandidate(entry, { similarity: 1, risk: 0 }));
    },
    judge: () => tier && createJudge(tier.riskModel, tier.threshold.read().maxRisk),
    async findSimilar({ scope }, prompt, vector) {
      const words = parsePromptWords(prompt);
      const similar: SimilarPrompt[] = [];
      const nearest = tier?.index.nearest(vector, { scope, count: CANDIDATES }) ?? [];
      for (const { key, similarity } of nearest) {
        const entry = await readLive(key);
        if (entry === undefined) continue;
        const features = toPairFeatures(words, parsePromptWords(entry.prompt), similarity);
        similar.push({ entry, features });
      }
      return similar;
    },
    async decide(similar) {
      const [nearest] = similar;
      if (nearest === undefined) return { kind: 'miss', reason: 'no-candidate' };
      const servable = similar
        .filter(({ judgement }) => judgement.isFinal && isServable(judgement))
        .toSorted((a, b) => a.judgement.risk - b.judgement.risk);
      for (const { entry, judgement } of servable) {
        const live = await readLive(entry.key); // it may have been removed while the verifier read
        if (live === undefined) continue;
        return hit('semantic', live, toJudgedCandidate({ entry: live, judgement }));
      }
      const { features, isSafe, isVetoed } = nearest.judgement;
      // A guard is the reason only where the risk alone would have let the answer through.
      const reason = isSafe && isVetoed ? 'guard' : 'risk';
      const candidate = toJudgedCandidate(nearest);
      const guard = features.guards.find(({ veto }) => veto) ?? features.guards[0];
      return { kind: 'miss', reason, nearest: guard ? { ...candidate, guard } : candidate };
    },
    async add(keys, prompt, response) {
      const bytes = toEntryBytes(prompt, response.text);
      if (!writer.fits(bytes)) return undefined;
      const createdAt = now();
      const fresh = { ...keys, prompt, response, createdAt, bytes, hits: 0 };
      const priority = toPriority(fresh, await store.totals());
      const entry = { ...fresh, expiresAt: createdAt + ttlMs, priority, embedder: '' };
      await writer.put(entry);
      return bytes;
    },
    async merge(foreign) {
      const totals = await store.totals();
      const entries = foreign
        .map((entry) => ({ ...entry, bytes: toEntryBytes(entry.prompt, entry.response.text) }))
        .filter(({ bytes }) => writer.fits(bytes))
        .map((entry) => ({ ...entry, priority: toPriority(entry, totals), embedder: '' }));
      const added = await writer.merge(entries);
      return { added, known: entries.length - added, tooLarge: foreign.length - entries.length };
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
      if (message.type === 'removed') {
        forget(message.keys);
      } else if (message.type === 'added') {
        if (message.embedder === tier?.embedder) tier.index.add(message.row);
      } else if (message.threshold === tier?.threshold.id) {
        tier.threshold.reload().catch(() => {}); // the next report reads it again
      }
    },
    hasVector: ({ embedder }) => embedder !== '' && embedder === (tier?.embedder ?? embedder),
    remove: async (key) => afterRemoval(await store.remove([key])).keys.length > 0,
    async purge(key) {
      const { keys } = afterRemoval(await store.remove([key]));
      await store.purgeVectors(keys);
      return keys.length > 0;
    },
    async clear(owner) {
      const removal = afterRemoval(await store.clear(owner));
      await store.feedback.forgetServed(removal.keys);
      return removal;
    },
    removeExpired: async () => afterRemoval(await store.removeExpired(now())),
    listUnembedded: (count) =>
      tier === undefined ? Promise.resolve([]) : store.listUnembedded(tier.embedder, count),
    async openSemanticTier({ embedder, dims, riskModel }) {
      const threshold = await openThreshold({ store: store.feedback, riskModel, maxErrorRate });
      const index = createVectorIndex({ dims });
      for (const row of await store.readVectors(embedder)) index.add(row);
      tier = { embedder, index, riskModel, threshold };
    },
    threshold: () => tier?.threshold.read(),
    async report(key, verdict) {
      const isCounted = (await tier?.threshold.report(key, verdict)) ?? false;
      if (isCounted && tier) announce({ type: 'reported', threshold: tier.threshold.id });
      return isCounted;
    },
    feedback: () => tier?.threshold.feedback() ?? new Map(),
  };
}
