import { expose } from 'comlink';
import { registerErrorWire } from '../shared/error-wire.js';
import type { WorkerApi, WorkerHello } from '../shared/worker-api.js';
import { holdLifeLock } from './life-lock.js';
import type { CreateModelSource } from './model-source.js';
import { createWorkerApi } from './worker-api.js';

/** Makes this worker answer the page's optimizer. */
export function exposeWorker(createSource: CreateModelSource): void {
  registerErrorWire();
  expose(createWorkerApi(createSource, () => self.close()) satisfies WorkerApi);
  void holdLifeLock().then((lockName) =>
    self.postMessage({ type: 'skimp-hello', lockName } satisfies WorkerHello),
  );
}
