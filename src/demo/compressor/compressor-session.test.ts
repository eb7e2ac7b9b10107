import { expect, test } from 'vitest';
import { createFakeOptimizer, type FakeOptimizerOptions } from '../../client/fake-optimizer.js';
import type { Optimizer } from '../../client/optimizer.js';
import { createDeferred } from '../../shared/deferred.js';
import type { Availability } from '../../shared/status.js';
import type { SkimpState } from '../skimp-host.js';
import { createStore } from '../store.js';
import { type CompressorHost, createCompressorSession, toSummary } from './compressor-session.js';
import { examples } from './examples.js';

type WorldOptions = {
  readonly compress?: NonNullable<FakeOptimizerOptions['compress']>;
  readonly model?: Availability;
  readonly optimizer?: (fake: Optimizer) => Optimizer;
};

const keepFirst: NonNullable<WorldOptions['compress']> = (_text, { keepRatio = 1 }) => [
  [0, Math.round(400 * keepRatio)],
];

function createWorld({
  model = 'available',
  optimizer = (fake) => fake,
  compress = keepFirst,
}: WorldOptions = {}) {
  const state = createStore<Pick<SkimpState, 'status'>>({});
  const setModel = (model: Availability) =>
    state.update({
      status: { semantic: 'available', reason: '', compressor: { state: model, reason: '' } },
    });
  setModel(model);
  const current = optimizer(createFakeOptimizer({ compress }));
  const host: CompressorHost = { state, current: () => current };
  const said: string[] = [];
  const pauses: ReturnType<typeof createDeferred<void>>[] = [];
  const session = createCompressorSession({
    host,
    announce: (text) => said.push(text),
    wait: () => {
      const pause = createDeferred<void>();
      pauses.push(pause);
      return pause.promise;
    },
  });
  const end = (phase: string) => until(session.state, (state) => state.phase === phase);
  return { session, said, pauses, setModel, end, get: session.state.get };
}

type Watched<T> = { get: () => T; subscribe: (listener: () => void) => () => void };

function until<T>(store: Watched<T>, holds: (value: T) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => holds(store.get()) && resolve();
    store.subscribe(look);
    look();
  });
}

test('the first example is there from the start, and compressed once the model has come', async () => {
  const { session, get, setModel, end, said } = createWorld({ model: 'downloading' });
  session.follow();
  session.restart();
  await Promise.resolve();
  expect(get()).toMatchObject({ ...prompt(0), phase: 'waiting' });
  setModel('available');
  await end('done');
  expect(get().compressed).toMatchObject({ prompt: prompt(0), keepRatio: 0.5 });
  expect(get().compressed?.result).toMatchObject({ kept: [[0, 200]], protected: [] });
  expect(said).toEqual([toSummary(get())]);
  expect(said[0]).toMatch(/^50 tokens of [\d,]+ tokens kept, [\d.]+ %, in 0 ms\.$/);
});

test('what followed a model does so no more after its end', async () => {
  const { session, get, setModel } = createWorld({ model: 'downloading' });
  session.follow()();
  setModel('available');
  await Promise.resolve();
  expect(get().phase).toBe('waiting');
});

test('a change is compressed after a pause, the last of several only', async () => {
  const asked: string[] = [];
  const { session, get, pauses, end } = createWorld({
    compress: (text) => {
      asked.push(text);
      return [[0, 1]];
    },
  });
  session.change({ text: 'one' });
  session.change({ text: 'two' });
  expect(pauses).toHaveLength(2);
  for (const pause of pauses) pause.resolve();
  await end('done');
  expect(asked).toEqual(['two']);
  expect(get().compressed?.prompt.text).toBe('two');
});

test('a newer request aborts the one under way, whose result and progress are not heard', async () => {
  const signals: (AbortSignal | undefined)[] = [];
  let progress: ((done: number, total: number) => void) | undefined;
  const { session, get, end, pauses } = createWorld({
    optimizer: (fake) => ({
      ...fake,
      async compress(text, options) {
        signals.push(options.signal);
        if (signals.length > 1) return fake.compress(text, options);
        progress = options.onProgress;
        return new Promise((_resolve, reject) => {
          options.signal?.addEventListener('abort', () => reject(options.signal?.reason as Error));
        });
      },
    }),
  });
  session.pick(examples[1]!); // there are four
  await end('running');
  progress?.(1, 9);
  expect(get().progress).toEqual({ done: 1, total: 9 });
  session.change({ keepRatio: 0.3 });
  expect(signals[0]?.aborted).toBe(true);
  pauses[0]?.resolve();
  await end('done');
  progress?.(2, 9);
  expect(get()).toMatchObject({ ...prompt(1), progress: undefined, error: undefined });
  expect(get().compressed).toMatchObject({ keepRatio: 0.3, result: { kept: [[0, 120]] } });
});

test('stop ends what runs and leaves the result before it', async () => {
  let isFirst = true;
  const { session, get, end } = createWorld({
    optimizer: (fake) => ({
      ...fake,
      compress(text, options) {
        if (!isFirst) return new Promise(() => {});
        isFirst = false;
        return fake.compress(text, options);
      },
    }),
  });
  session.restart();
  await end('done');
  session.restart();
  await end('running');
  session.stop();
  expect(get()).toMatchObject({ phase: 'stopped', compressed: { keepRatio: 0.5 } });
});

test('a text of blanks has no result', async () => {
  const { session, get, end, pauses } = createWorld();
  session.restart();
  await end('done');
  session.change({ text: ' \n' });
  pauses[0]?.resolve();
  await end('empty');
  expect(get().compressed).toBeUndefined();
});

test('a model that fails is told with its reason', async () => {
  const { session, get, end, said } = createWorld({
    optimizer: (fake) => ({
      ...fake,
      async compress(text, options) {
        fake.report({ type: 'fallback', code: 'inference-failed', reason: 'out of memory' });
        return createFakeOptimizer().compress(text, options);
      },
    }),
  });
  session.restart();
  await end('failed');
  expect(get().error).toBe('The text would go out as it is: out of memory');
  expect(get().compressed).toBeUndefined();
  expect(said).toEqual([get().error]);
});

test('a call that rejects is told, too', async () => {
  const { session, get, end } = createWorld({
    optimizer: (fake) => ({ ...fake, compress: () => Promise.reject(new Error('it is closed')) }),
  });
  session.restart();
  await end('failed');
  expect(get().error).toContain('it is closed');
});

function prompt(at: number) {
  const { text, question, task } = examples[at]!; // there are four
  return { text, question, task };
}
