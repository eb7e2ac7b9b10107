import type { Removal } from './entry-store.js';
import { createMemoryEntryStore } from './memory-entry-store.js';
import { createPromptCache } from './prompt-cache.js';
import type { PromptCacheOptions } from './prompt-cache.js';
import type { RequestKeys } from './scope-key.js';
import type { TabMessage } from './tab-channel.js';

const dims = 4;
/** Served from a cosine of about 0.85 on, when the verifier says its best. */
const riskModel = {
  bias: -22,
  weights: { similarity: 20, verifier: 1 },
  maxRiskByErrorRate: { '0.01': 0.05 },
};
export const keysOf = (key: string, scope = 's', owner = 'o') => ({ key, scope, owner });
export const answer = (text: string) => ({ text, model: 'm' });
/** A unit vector at the angle whose cosine with the first axis is `similarity`. */
export const at = (similarity: number) =>
  Float32Array.of(similarity, Math.sqrt(1 - similarity * similarity), 0, 0);

export async function createFilledCache(overrides: Partial<PromptCacheOptions> = {}) {
  const world = { time: 0, evicted: [] as Removal[], announced: [] as TabMessage[] };
  const store = createMemoryEntryStore();
  const cache = createPromptCache({
    store,
    now: () => world.time,
    ttlMs: 1_000,
    maxBytes: 1_000_000,
    maxErrorRate: 0.01,
    onEvict: (removal) => world.evicted.push(removal),
    announce: (message) => world.announced.push(message),
    ...overrides,
  });
  await cache.openSemanticTier({ embedder: 'minilm', dims, riskModel });
  const add = async (key: string, prompt: string, similarity: number, scope = 's') => {
    await cache.add(keysOf(key, scope), prompt, answer(`answer of ${key}`));
    await cache.addVector(keysOf(key, scope), at(similarity));
  };
  /** Decides with a verifier that says `logit` of every pair. */
  const decide = async (keys: RequestKeys, prompt: string, logit: number | undefined = 8) => {
    const judge = cache.judge();
    const similar = await cache.findSimilar(keys, prompt, at(1));
    return cache.decide(
      similar.flatMap(({ entry, features }) =>
        judge ? [{ entry, judgement: judge.judge(features, logit) }] : [],
      ),
    );
  };
  return { cache, store, world, add, decide };
}

export const question = 'how do I return a tent';
export const paraphrase = 'how can I send a tent back';
