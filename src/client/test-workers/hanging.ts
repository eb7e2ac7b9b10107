import { expose } from 'comlink';
import type { WorkerHello } from '../../shared/worker-api.js';

// A worker that starts well and then blocks its thread, as one does whose GPU was lost.
expose({
  init: () => {},
  lookup: () => {
    for (;;);
  },
  status: () => ({ semantic: 'available', reason: 'not yet hung' }),
});
globalThis.postMessage({ type: 'skimp-hello', lockName: undefined } satisfies WorkerHello);
