import { expose } from 'comlink';
import { registerErrorWire } from '../shared/error-wire.js';
import type { WorkerApi, WorkerHello } from '../shared/worker-api.js';
import { holdLifeLock } from './life-lock.js';
import { createWorkerApi } from './worker-api.js';

registerErrorWire();
expose(createWorkerApi(() => self.close()) satisfies WorkerApi);
void holdLifeLock().then((lockName) =>
  self.postMessage({ type: 'skimp-hello', lockName } satisfies WorkerHello),
);
