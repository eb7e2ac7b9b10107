import { createSkimpFetch } from '../adapters/fetch.js';
import { createOptimizer } from '../index.js';
import type { Optimizer, OptimizerStats, OptimizerStatus, PromptComparison } from '../index.js';
import { watchLongTasks } from './long-tasks.js';
import { createRowSender } from './replay-row.js';
import type { RowOutcome } from './replay-row.js';
import { createFaqUpstream, createLocalUpstream } from './replay-upstream.js';
import type { ReplayRow } from './replay-upstream.js';

/** Settings of a replay; what is left out is the optimizer's default. */
export type ReplayOptions = {
  readonly databaseName: string;
  /** `local`: answers made in the page, which name their cluster; `faq`: the server's, over HTTP. */
  readonly upstream: 'local' | 'faq';
  /** Time to the first byte of the FAQ's answers, in milliseconds. */
  readonly latencyMs?: number;
  readonly backend?: 'auto' | 'webgpu' | 'wasm';
  readonly maxErrorRate?: number;
  readonly deadlineMs?: number;
  readonly hangMs?: number;
};

export type ReplaySummary = {
  readonly stats: OptimizerStats;
  readonly status: OptimizerStatus;
  /** Tasks of more than 50 ms on the page's thread since the model was ready. */
  readonly longTasks: number;
};

/** Two prompts; an answer to `q1` might be served for `q2`. */
export type PromptPair = { readonly q1: string; readonly q2: string };

/** One optimizer that real prompts are sent through. */
export interface Replay {
  readonly status: OptimizerStatus;
  /** Sends the rows one after another. */
  run(rows: readonly ReplayRow[]): Promise<readonly RowOutcome[]>;
  /** What the optimizer thinks of each pair. The cache is neither read nor changed. */
  compare(pairs: readonly PromptPair[]): Promise<readonly PromptComparison[]>;
  /** Empties the cache. */
  startRun(): Promise<void>;
  summary(): Promise<ReplaySummary>;
  /** Ends the worker and deletes the database. */
  close(): void;
}

/**
 * Starts an optimizer and waits for its model.
 *
 * @throws when the model cannot be had: a replay without the semantic tier says nothing.
 */
export async function createReplay(options: ReplayOptions): Promise<Replay> {
  const { upstream: kind, latencyMs = 0, ...settings } = options;
  const optimizer = createOptimizer({ scope: 'replay', ...settings });
  const upstream = kind === 'faq' ? createFaqUpstream(latencyMs) : createLocalUpstream();
  const skimpFetch = createSkimpFetch(optimizer, upstream.fetch);
  const send = createRowSender({ optimizer, upstream, skimpFetch });
  const status = await optimizer.loadModel();
  if (status.semantic !== 'available') throw new Error(`no model: ${status.reason}`);
  const countLongTasks = watchLongTasks();
  return {
    status,
    async run(rows) {
      const outcomes: RowOutcome[] = [];
      for (const row of rows) outcomes.push(await send(row));
      return outcomes;
    },
    async compare(pairs) {
      const comparisons: PromptComparison[] = [];
      // One after another: a text that two pairs share is embedded once.
      for (const pair of pairs) comparisons.push(await compare(optimizer, pair));
      return comparisons;
    },
    startRun: async () => void (await optimizer.clear()),
    summary: async () => ({
      stats: await optimizer.stats(),
      status: await optimizer.status(),
      longTasks: countLongTasks(),
    }),
    close() {
      optimizer.close();
      indexedDB.deleteDatabase(options.databaseName);
    },
  };
}

/** Compares; once more if the worker was replaced on the way, and its model is not loaded. */
async function compare(optimizer: Optimizer, { q1, q2 }: PromptPair): Promise<PromptComparison> {
  const comparison = await optimizer.compare(q1, q2);
  if (comparison.detail === undefined) return comparison;
  const { semantic } = await optimizer.status();
  if (semantic === 'available') return comparison;
  await optimizer.loadModel();
  return optimizer.compare(q1, q2);
}
