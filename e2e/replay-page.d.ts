import type { ReplayApi } from '../src/demo/replay.js';

declare global {
  /** What `replay.html` offers. */
  var skimpReplay: ReplayApi;
}
