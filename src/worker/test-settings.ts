import type { WorkerSettings } from '../shared/worker-settings.js';

/** Settings of a worker whose database no other test uses. */
export function createTestSettings(settings: Partial<WorkerSettings> = {}): WorkerSettings {
  return {
    scope: 'anna',
    mode: 'serve',
    modelUrl: 'https://app.example/models/',
    compressorUrl: 'https://app.example/compressor/',
    runtimeUrl: undefined,
    backend: 'wasm',
    semantic: true,
    autoDownload: true,
    maxErrorRate: 0.01,
    ttlMs: 10_000,
    maxBytes: 1_000_000,
    databaseName: `test-${crypto.randomUUID()}`,
    tokenCounter: 'estimate',
    prices: {},
    ...settings,
  };
}
