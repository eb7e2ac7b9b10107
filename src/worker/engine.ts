import type { LookupResult } from '../shared/decision.js';
import type { SkimpError } from '../shared/errors.js';
import type { OptimizerStatus } from '../shared/status.js';
import type { TraceDetail } from '../shared/trace.js';
import type { WorkerApi } from '../shared/worker-api.js';
import type { WorkerSettings } from '../shared/worker-settings.js';
import { openAccount } from './account.js';
import { createCacheHost } from './cache-host.js';
import type { Verdict } from './cache/feedback.js';
import { toSemanticReadiness } from './cache/guards/semantic-readiness.js';
import type { PromptCache } from './cache/prompt-cache.js';
import { toBudgetWarning } from './cache/risk.js';
import type { RequestKeys } from './cache/scope-key.js';
import { comparePrompts } from './compare.js';
import { decide } from './decide.js';
import { createInference } from './inference.js';
import { createEntryManager } from './manage-entries.js';
import type { CreateModelSource } from './model-source.js';
import type { LoadedModels } from './models/load-models.js';
import { createRerun } from './rerun.js';

/** Entries read at a time when vectors are made for those that lack them. */
const BACKFILL_BATCH = 32;

export type EngineOptions = {
  readonly settings: WorkerSettings;
  readonly report: (detail: TraceDetail) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** `navigator.gpu`, where there is one. */
  readonly gpu: unknown;
  /** Where embedder and verifier come from. */
  readonly createSource: CreateModelSource;
  /** Ends this worker, so that the page starts another. */
  readonly abandon: () => void;
};

/** What the worker offers once it is initialised. */
export type Engine = Omit<WorkerApi, 'init'>;

/** Opens the store and starts the model; returns at once, and calls wait for what they need. */
export function createEngine(options: EngineOptions): Engine {
  const { settings, report, now, gpu, createSource, abandon } = options;
  const fail = ({ code, message }: SkimpError) =>
    report({ type: 'fallback', code, reason: message });
  const host = createCacheHost({ settings, report, now, onBlocked: fail });
  const { model, compressor, foreground, ...inference } = createInference({
    settings,
    gpu,
    report,
    createSource,
    onLoaded: openSemanticTier,
    onFailure: fail,
    onGpuLost: abandon,
  });
  const compare = (first: string, second: string) =>
    host.use(({ cache }) => comparePrompts({ cache, model }, first, second));
  const forAccount = { host, settings, foreground, compare, report, onFailure: fail };
  const { api: account, shadow } = openAccount(forAccount);
  void host
    .use(({ cache }) => cache.removeExpired())
    .catch(() => {}) // what has expired is not served in any case
    .then(() => model.start());

  async function openSemanticTier(loaded: LoadedModels): Promise<string | undefined> {
    await host.openSemanticTier(loaded);
    backfill();
    return toBudgetWarning(settings.maxErrorRate, loaded.calibration);
  }

  const backfill = createRerun(addMissingVectors); // when it fails, the next visit tries again

  /** Makes vectors for what was stored while no model ran, one at a time among the lookups. */
  async function addMissingVectors(): Promise<void> {
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
    if (embedding.kind !== 'vector') return false;
    await cache.addVector(keys, embedding.vector);
    return true;
  }

  /** @returns whether the report counted; the new threshold is then told. */
  async function takeReport(cache: PromptCache, key: string, verdict: Verdict): Promise<boolean> {
    const isCounted = await cache.report(key, verdict);
    const threshold = cache.threshold();
    if (isCounted && threshold) report({ type: 'threshold-change', ...threshold });
    return isCounted;
  }

  const toStatus = (): Promise<OptimizerStatus> =>
    host.use(async ({ cache, store }) => {
      const status = { ...inference.status(), storage: store.kind };
      const threshold = cache.threshold();
      return threshold === undefined ? status : { ...status, threshold };
    });

  return {
    async lookup(request, deadlineAt): Promise<LookupResult> {
      const startedAt = performance.now();
      const lookUp = () =>
        host.use(async ({ cache, keyMaker }) => {
          const keys = await keyMaker.toKeys(request);
          const isInTime = () => now() < deadlineAt;
          const question = { keys, prompt: request.query, isInTime };
          const decision = await decide({ cache, model }, question);
          const lookupMs = performance.now() - startedAt;
          const result = { key: keys.key, ...decision, lookupMs };
          return shadow?.withhold(keys.key, result) ?? result;
        });
      return foreground.run(lookUp);
    },
    store: (request, response) =>
      host.use(async ({ cache, keyMaker }) => {
        const keys = await keyMaker.toKeys(request);
        shadow?.compareWith({ key: keys.key, request, response });
        const bytes = await cache.add(keys, request.query, response);
        if (bytes === undefined) return { stored: false, reason: 'larger than maxBytes allows' };
        await addVector(cache, keys, request.query);
        return { stored: true, key: keys.key, bytes };
      }),
    compare,
    reportWrongHit: (key) =>
      host.use(async ({ cache }) => {
        const wasThere = await cache.remove(key); // first: it must not answer again
        await takeReport(cache, key, 'wrong');
        return wasThere;
      }),
    reportGoodHit: (key) => host.use(({ cache }) => takeReport(cache, key, 'good')),
    clear: (scope) =>
      host.use(async ({ cache, keyMaker }) => {
        const owner = scope === undefined ? undefined : await keyMaker.toOwner(scope);
        return (await cache.clear(owner)).keys.length;
      }),
    ...createEntryManager({ host, settings, now, onImported: backfill }),
    usage: () =>
      host.use(async ({ store }) => {
        const { entries, bytes } = await store.totals();
        return { entries, bytes };
      }),
    ...account,
    status: toStatus,
    async loadModel() {
      await model.load();
      return toStatus();
    },
    compress: compressor.compress,
    abortCompression: async (id) => compressor.abort(id),
    async loadCompressor() {
      await compressor.load();
      return toStatus();
    },
  };
}
