import type { LookupResult } from '../shared/decision.js';
import type { SkimpError } from '../shared/errors.js';
import type { OptimizerStatus } from '../shared/status.js';
import type { TraceDetail } from '../shared/trace.js';
import type { WorkerApi } from '../shared/worker-api.js';
import type { WorkerSettings } from '../shared/worker-settings.js';
import { createCacheHost } from './cache-host.js';
import { toSemanticReadiness } from './cache/guards/semantic-readiness.js';
import type { Decision, PromptCache } from './cache/prompt-cache.js';
import { toBudgetWarning } from './cache/risk.js';
import type { RequestKeys } from './cache/scope-key.js';
import type { LoadedEmbedder } from './models/load-embedder.js';
import { createModelFiles } from './models/model-files.js';
import { createSemanticModel } from './semantic-model.js';

/** Entries read at a time when vectors are made for those that lack them. */
const BACKFILL_BATCH = 32;

export type EngineOptions = {
  readonly settings: WorkerSettings;
  readonly report: (detail: TraceDetail) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** `navigator.gpu`, where there is one. */
  readonly gpu: unknown;
  /** Ends this worker, so that the page starts another. */
  readonly abandon: () => void;
};

/** What the worker offers once it is initialised. */
export type Engine = Omit<WorkerApi, 'init'>;

/** A decision made before any similarity is known. */
type EarlyMiss = {
  readonly kind: 'miss';
  readonly reason: 'not-ready' | 'unsuitable';
  readonly detail: string;
};

/** Opens the store and starts the model; returns at once, and calls wait for what they need. */
export function createEngine({ settings, report, now, gpu, abandon }: EngineOptions): Engine {
  const fail = ({ code, message }: SkimpError) =>
    report({ type: 'fallback', code, reason: message });
  const host = createCacheHost({ settings, report, now, onBlocked: fail });
  const model = createSemanticModel({
    ...settings,
    files: createModelFiles(settings.modelUrl),
    gpu,
    isEnabled: settings.semantic,
    onStatus: (status) => report({ type: 'status-change', ...status }),
    onLoaded: openSemanticTier,
    onFailure: fail,
    onGpuLost: abandon,
  });
  void host
    .use(({ cache }) => cache.removeExpired())
    .catch(() => {}) // what has expired is not served in any case
    .then(() => model.start());

  async function openSemanticTier(loaded: LoadedEmbedder): Promise<string | undefined> {
    await host.openSemanticTier(loaded);
    void backfill().catch(() => {}); // the next visit tries again
    return toBudgetWarning(settings.maxErrorRate, loaded.calibration);
  }

  /** Makes the vectors of what was stored while no model ran, one at a time among the lookups. */
  async function backfill(): Promise<void> {
    const tried = new Set<string>();
    for (;;) {
      const count = BACKFILL_BATCH + tried.size;
      const listed = await host.use(({ cache }) => cache.listUnembedded(count));
      const todo = listed.filter(({ key }) => !tried.has(key));
      if (todo.length === 0) return;
      for (const entry of todo) {
        const isAdded = await host.use(({ cache }) => addVector(cache, entry, entry.prompt));
        if (!isAdded) tried.add(entry.key); // it has no vector, and is not tried twice
      }
    }
  }

  async function addVector(
    cache: PromptCache,
    keys: Pick<RequestKeys, 'key' | 'scope'>,
    prompt: string,
  ): Promise<boolean> {
    if (toSemanticReadiness(prompt) !== 'ok') return false;
    const embedding = await model.embed(prompt);
    if (embedding?.kind !== 'vector') return false;
    await cache.addVector(keys, embedding.vector);
    return true;
  }

  async function decide(
    cache: PromptCache,
    keys: RequestKeys,
    { prompt, deadlineAt }: { readonly prompt: string; readonly deadlineAt: number },
  ): Promise<Decision | EarlyMiss> {
    const exact = await cache.findExact(keys);
    if (exact !== undefined) return exact;
    const readiness = toSemanticReadiness(prompt);
    if (readiness !== 'ok') return { kind: 'miss', reason: 'unsuitable', detail: readiness };
    const { semantic } = model.status();
    if (semantic !== 'available') return { kind: 'miss', reason: 'not-ready', detail: semantic };
    const embedding = await model.embed(prompt, () => now() < deadlineAt);
    if (embedding === undefined) return { kind: 'miss', reason: 'not-ready', detail: 'no vector' };
    if (embedding.kind === 'vector') return cache.findSimilar(keys, prompt, embedding.vector);
    return { kind: 'miss', reason: 'unsuitable', detail: embedding.kind };
  }

  const toStatus = (): Promise<OptimizerStatus> =>
    host.use(async ({ store }) => ({ ...model.status(), storage: store.kind }));

  return {
    async lookup(request, deadlineAt): Promise<LookupResult> {
      const startedAt = performance.now();
      return host.use(async ({ cache, keyMaker }) => {
        const keys = await keyMaker.toKeys(request);
        const decision = await decide(cache, keys, { prompt: request.query, deadlineAt });
        return { key: keys.key, ...decision, lookupMs: performance.now() - startedAt };
      });
    },
    store: (request, response) =>
      host.use(async ({ cache, keyMaker }) => {
        const keys = await keyMaker.toKeys(request);
        const bytes = await cache.add(keys, request.query, response);
        if (bytes === undefined) return { stored: false, reason: 'larger than maxBytes allows' };
        await addVector(cache, keys, request.query);
        return { stored: true, key: keys.key, bytes };
      }),
    reportWrongHit: (key) => host.use(({ cache }) => cache.remove(key)),
    clear: (scope) =>
      host.use(async ({ cache, keyMaker }) => {
        const owner = scope === undefined ? undefined : await keyMaker.toOwner(scope);
        return (await cache.clear(owner)).keys.length;
      }),
    usage: () =>
      host.use(async ({ store }) => {
        const { entries, bytes } = await store.totals();
        return { entries, bytes };
      }),
    status: toStatus,
    async loadModel() {
      await model.load();
      return toStatus();
    },
  };
}
