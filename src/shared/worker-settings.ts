import type { TokenCounter } from './compression.js';
import type { Prices } from './savings.js';
import type { OptimizerMode } from './shadow.js';

/** What the worker needs of the options: plain data, URLs made absolute. */
export type WorkerSettings = {
  readonly scope: string;
  readonly mode: OptimizerMode;
  readonly modelUrl: string;
  readonly compressorUrl: string;
  readonly runtimeUrl: string | undefined;
  readonly backend: 'auto' | 'webgpu' | 'wasm';
  readonly semantic: boolean;
  readonly autoDownload: boolean;
  readonly maxErrorRate: number;
  readonly ttlMs: number;
  readonly maxBytes: number;
  readonly databaseName: string;
  /** Of the savings meter: what texts are counted by, and what the app says of prices. */
  readonly tokenCounter: TokenCounter;
  readonly prices: Prices;
};
