import { createMemoryEntryStore } from './cache/memory-entry-store.js';
import { createPromptCache } from './cache/prompt-cache.js';
import type { RiskModel } from './cache/risk.js';
import { decide } from './decide.js';
import type { Embedding } from './models/embedder.js';
import type { Verification } from './models/verifier.js';
import type { MayRun, NoInference, NoVerifier, SemanticModel } from './semantic-model.js';

/** Served at the default budget when cosine and verifier are at their best, or nearly. */
export const riskModel: RiskModel = {
  bias: -12,
  weights: { similarity: 10, verifier: 1 },
  maxRiskByErrorRate: { '0.01': 0.05 },
};

/** For an embedder alone: served from a cosine of 0.97 on. */
export const riskModelAlone: RiskModel = {
  bias: -40 * 0.97,
  weights: { similarity: 40 },
  maxRiskByErrorRate: { '0.01': 0.5 },
};

export type FakeModel = Pick<SemanticModel, 'status' | 'embed' | 'verify'> & {
  /** Pairs that the verifier was given, in order. */
  readonly verified: (readonly [string, string])[];
  /** What is embedded as `similarity` to the first axis; 1 where nothing is said. */
  similarities: Readonly<Record<string, number>>;
  /** What the verifier says of a pair with this earlier prompt; a logit of 8 where nothing is said. */
  verdicts: Readonly<Record<string, Verification | NoVerifier | NoInference>>;
  semantic: 'available' | 'downloading';
  /** What stands in for a vector. */
  embedding: Embedding | NoInference | undefined;
};

/** Real cache and decision, around models that say what the test tells them. */
export async function createSemanticWorld(maxErrorRate = 0.01, calibrated = riskModel) {
  const verified: (readonly [string, string])[] = [];
  const model: FakeModel = {
    verified,
    similarities: {},
    verdicts: {},
    semantic: 'available',
    embedding: undefined,
    status: () => ({ semantic: model.semantic, reason: 'fake' }),
    embed: async (text, mayRun = () => true) => {
      if (!mayRun()) return { kind: 'late' };
      const x = model.similarities[text] ?? 1;
      const vector = Float32Array.of(x, Math.sqrt(1 - x * x));
      return model.embedding ?? { kind: 'vector', vector };
    },
    verify: async ([prompt, earlier], mayRun = () => true) => {
      if (!mayRun()) return { kind: 'late' };
      verified.push([prompt, earlier]);
      return model.verdicts[earlier] ?? { kind: 'logit', logit: 8 };
    },
  };
  const cache = createPromptCache({
    store: createMemoryEntryStore(),
    now: () => 0,
    ttlMs: 1_000,
    maxBytes: 1_000_000,
    maxErrorRate,
    onEvict: () => {},
    announce: () => {},
  });
  await cache.openSemanticTier({ embedder: 'fake', dims: 2, riskModel: calibrated });
  const keysOf = (prompt: string) => ({ key: `key of ${prompt}`, scope: 's', owner: 'o' });
  return {
    cache,
    model,
    /** Stores an answer to `prompt`, at a cosine of `similarity` to what is asked. */
    async add(prompt: string, similarity: number) {
      model.similarities = { ...model.similarities, [prompt]: similarity };
      await cache.add(keysOf(prompt), prompt, { text: `answer to ${prompt}`, model: 'm' });
      await cache.addVector(
        keysOf(prompt),
        Float32Array.of(similarity, Math.sqrt(1 - similarity ** 2)),
      );
    },
    ask: (prompt: string, isInTime: MayRun = () => true) =>
      decide({ cache, model }, { keys: keysOf(prompt), prompt, isInTime }),
  };
}
