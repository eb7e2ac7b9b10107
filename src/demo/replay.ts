import { createReplay } from './replay-session.js';
import type { Replay, ReplayOptions } from './replay-session.js';

/** What scripts call through the browser's debugger. */
export type ReplayApi = Omit<Replay, 'status'> & {
  open(options: ReplayOptions): Promise<Replay['status']>;
};

declare global {
  var skimpReplay: ReplayApi;
}

const progress = document.getElementById('progress');
let replay: Replay | undefined;
let rows = 0;

function opened(): Replay {
  if (replay === undefined) throw new Error('call skimpReplay.open() first');
  return replay;
}

function count(done: number): void {
  rows += done;
  if (progress !== null) progress.textContent = `${rows} rows`;
}

globalThis.skimpReplay = {
  async open(options) {
    replay = await createReplay(options);
    return replay.status;
  },
  async run(batch) {
    const outcomes = await opened().run(batch);
    count(batch.length);
    return outcomes;
  },
  async compare(batch) {
    const comparisons = await opened().compare(batch);
    count(batch.length);
    return comparisons;
  },
  startRun: () => opened().startRun(),
  summary: () => opened().summary(),
  close: () => opened().close(),
};
