import { tokenCounters } from '../shared/compression.js';
import type { TokenCounter } from '../shared/compression.js';
import { SkimpError } from '../shared/errors.js';
import type { Prices } from '../shared/savings.js';
import { optimizerModes } from '../shared/shadow.js';
import type { OptimizerMode } from '../shared/shadow.js';
import type { TraceListener } from '../shared/trace.js';
import type { WorkerSettings } from '../shared/worker-settings.js';
import {
  assertFields,
  callback,
  flag,
  isNumberIn,
  milliseconds,
  name,
  oneOf,
  prices,
  url,
} from './option-checks.js';
import type { Check } from './option-checks.js';

/** Settings of `createOptimizer`. All but `scope` have a default. */
export type OptimizerOptions = {
  /**
   * Who may share answers: a user id, a tenant, or a constant for public content. Answers never
   * cross scopes. Stored only as a keyed hash.
   */
  scope: string;
  /**
   * `shadow` looks up as usual, and lets every request go to the model all the same: each hit is
   * answered as a miss with the reason `shadow`. Once the fresh answer is stored, it is compared
   * with the one that would have been served, and `stats().shadow` tells how many were wrong.
   * Identical concurrent requests do not share a call. @default 'serve'
   */
  mode?: OptimizerMode;
  /**
   * Folder of embedder and verifier, with `manifest.json` in it; relative to the page.
   * @default '/models/skimp-same-response/'
   */
  modelUrl?: string | URL;
  /**
   * Folder of the compressor, with `manifest.json` in it; relative to the page. It uses files of the
   * folder `skimp-same-response` beside it. @default '/models/skimp-compressor/'
   */
  compressorUrl?: string | URL;
  /**
   * How `compress` counts tokens where the call does not say, and how the savings meter counts those
   * of answers whose provider did not: see {@link TokenCounter}.
   * @default 'estimate'
   */
  tokenCounter?: TokenCounter;
  /**
   * What models cost, by name, in US dollars per million tokens, for `stats()`. Goes before skimp's
   * own table, which knows some models of OpenAI and Anthropic; `gpt-x` is also the price of its
   * snapshots, such as `gpt-x-2026-01-31`. A model with no price here or there has none.
   * @default {}
   * @example { 'my-model': { inputPerMillion: 0.2, outputPerMillion: 0.8 } }
   */
  prices?: Prices;
  /**
   * Folder of ONNX Runtime's `.wasm` and `.mjs` files, for the standalone worker; bundled workers
   * find their own.
   * @default undefined
   */
  runtimeUrl?: string | URL;
  /**
   * Makes the worker, where the bundler does not understand `new Worker(new URL(...))`.
   * @default the worker of this package
   */
  worker?: () => Worker;
  /**
   * Where the models run. `auto`: WebGPU when there is a real adapter, WASM otherwise. `webgpu`:
   * a fallback (software) adapter will do, and WASM where there is none at all. @default 'auto'
   */
  backend?: 'auto' | 'webgpu' | 'wasm';
  /** Whether prompts of another wording may be answered; false leaves exact repeats. @default true */
  semantic?: boolean;
  /** Whether the model is downloaded unasked; false waits for `loadModel()`. @default true */
  autoDownload?: boolean;
  /**
   * Of the semantic hits served, the share that may be wrong, 0 to 1. Rounded down to the nearest
   * rate that the model is calibrated for; below the lowest, only exact repeats are served.
   * @default 0.01
   */
  maxErrorRate?: number;
  /** Life of an entry in milliseconds, from its storing; a hit does not prolong it. @default 604_800_000, 7 days */
  ttlMs?: number;
  /** Upper bound of the store in bytes, 65,536 or more. @default 67_108_864, 64 MiB */
  maxBytes?: number;
  /** Time a lookup may take before the request goes out without it, in milliseconds. @default 300 */
  deadlineMs?: number;
  /** Time without an answer after which the worker is replaced, in milliseconds. @default 30_000 */
  hangMs?: number;
  /** Name of the IndexedDB database; two optimizers with one name share entries. @default 'skimp' */
  databaseName?: string;
  /** Told of every event, from the first on. @default undefined */
  onEvent?: TraceListener;
};

/** Options with every default filled in and every value checked. */
export type ResolvedOptions = {
  readonly settings: WorkerSettings;
  readonly deadlineMs: number;
  readonly hangMs: number;
  readonly worker: (() => Worker) | undefined;
  readonly onEvent: TraceListener | undefined;
};

const DAY_MS = 86_400_000;
const MIB = 1_048_576;

const checks: Readonly<Record<keyof OptimizerOptions, Check>> = {
  scope: name,
  mode: oneOf(optimizerModes),
  modelUrl: url,
  compressorUrl: url,
  tokenCounter: oneOf(tokenCounters),
  prices,
  runtimeUrl: url,
  worker: callback,
  backend: oneOf(['auto', 'webgpu', 'wasm']),
  semantic: flag,
  autoDownload: flag,
  maxErrorRate: { is: isNumberIn(0, 1), want: 'a number from 0 to 1' },
  ttlMs: milliseconds,
  maxBytes: { is: isNumberIn(65_536, Number.MAX_SAFE_INTEGER), want: '65,536 bytes or more' },
  deadlineMs: milliseconds,
  hangMs: milliseconds,
  databaseName: name,
  onEvent: callback,
};

/**
 * Fills defaults and refuses bad values once, so that nothing downstream re-checks them.
 *
 * @param options - As the app gave them; may be anything.
 * @param baseUrl - What relative URLs are resolved against: the page's `document.baseURI`.
 * @throws {@link SkimpError} `invalid-option` for a value out of range or a key that is unknown.
 */
export function resolveOptions(options: OptimizerOptions, baseUrl: string): ResolvedOptions {
  assertOptions(options);
  const settings: WorkerSettings = {
    scope: options.scope,
    mode: options.mode ?? 'serve',
    modelUrl: toFolderUrl('modelUrl', options.modelUrl ?? '/models/skimp-same-response/', baseUrl),
    compressorUrl: toFolderUrl(
      'compressorUrl',
      options.compressorUrl ?? '/models/skimp-compressor/',
      baseUrl,
    ),
    runtimeUrl:
      options.runtimeUrl === undefined
        ? undefined
        : toFolderUrl('runtimeUrl', options.runtimeUrl, baseUrl),
    backend: options.backend ?? 'auto',
    semantic: options.semantic ?? true,
    autoDownload: options.autoDownload ?? true,
    maxErrorRate: options.maxErrorRate ?? 0.01,
    ttlMs: options.ttlMs ?? 7 * DAY_MS,
    maxBytes: options.maxBytes ?? 64 * MIB,
    databaseName: options.databaseName ?? 'skimp',
    tokenCounter: options.tokenCounter ?? 'estimate',
    prices: options.prices ?? {},
  };
  return {
    settings,
    deadlineMs: options.deadlineMs ?? 300,
    hangMs: options.hangMs ?? 30_000,
    worker: options.worker,
    onEvent: options.onEvent,
  };
}

function assertOptions(options: unknown): asserts options is OptimizerOptions {
  if (typeof options !== 'object' || options === null) {
    throw new SkimpError('invalid-option', 'createOptimizer needs an object with at least a scope');
  }
  assertFields(options, { checks, required: ['scope'] });
}

/** Absolute, with a closing slash, so that file names can be resolved against it. */
function toFolderUrl(option: string, value: string | URL, baseUrl: string): string {
  let folder: URL;
  try {
    folder = new URL(value, baseUrl);
  } catch (cause) {
    throw new SkimpError('invalid-option', `${option} is not a URL: '${value}'`, { cause });
  }
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  return folder.href;
}
