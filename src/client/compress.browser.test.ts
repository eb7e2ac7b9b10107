import { beforeAll, describe, expect, test } from 'vitest';
import type { CompressionResult } from '../shared/compression.js';
import { createDeferred } from '../shared/deferred.js';
import type { TraceEvent } from '../shared/trace.js';
import { createProse } from '../worker/compress/test-prose.js';
import { createOptimizer } from './create-optimizer.js';
import type { Optimizer } from './optimizer.js';
import { answer, lenient, open, patient, question, rephrased } from './test-optimizer.js';

const text = createProse(700, 1);
const half = { keepRatio: 0.5 } as const;

/** Resolves when the page has done what it had to do at once. */
function nextTask(): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener('message', resolve, { once: true });
    port1.start();
    port2.postMessage(undefined);
  });
}

function expectSlices(source: string, { text: shortened, kept }: CompressionResult): void {
  expect(kept.map((slice) => source.slice(...slice)).join('')).toBe(shortened);
  let last = 0;
  for (const [start, end] of kept) {
    expect(start).toBeGreaterThanOrEqual(last);
    expect(end).toBeGreaterThan(start);
    last = end;
  }
}

describe('with a model that runs', () => {
  const events: TraceEvent[] = [];
  let optimizer: Optimizer;
  beforeAll(async () => {
    optimizer = createOptimizer({
      scope: 'anna',
      databaseName: `test-${crypto.randomUUID()}`,
      backend: 'wasm',
      ...lenient,
      ...patient,
      onEvent: (event) => events.push(event),
    });
    await optimizer.loadModel();
    return () => optimizer.close();
  }, 60_000);

  test('it is loaded when it is first needed, and the status says so', async () => {
    expect((await optimizer.status()).compressor).toBeUndefined();
    expect((await optimizer.compress('too short', half)).skipped).toBe('short');
    expect((await optimizer.status()).compressor).toBeUndefined();
    await optimizer.compress(text, half);
    expect(await optimizer.status()).toMatchObject({
      semantic: 'available',
      compressor: { state: 'available', backend: 'wasm', dtype: 'q8', model: 'skimp-compressor' },
    });
    const states = events.flatMap((event) =>
      event.type === 'status-change' ? (event.compressor?.state ?? []) : [],
    );
    expect(new Set(states)).toEqual(new Set(['downloading', 'available']));
  }, 60_000);

  test.each(['estimate', 'exact'] as const)(
    'a text is cut to its budget (%s)',
    async (counter) => {
      const result = await optimizer.compress(text, { ...half, counter });
      const target = Math.round(result.originalTokens / 2);
      expect(Math.abs(result.keptTokens - target)).toBeLessThanOrEqual(0.01 * target);
      expect(result).not.toHaveProperty('skipped');
      expect(result.milliseconds).toBeGreaterThan(0);
      expectSlices(text, result);
      expect(events.at(-1)).toMatchObject({ type: 'compress', keptTokens: result.keptTokens });
    },
    60_000,
  );

  test('the same input makes the same bytes', async () => {
    const options = { maxTokens: 300, question: 'Where do bakers carry bread?' };
    const first = await optimizer.compress(text, options);
    const second = await optimizer.compress(text, options);
    expect(second).toEqual({ ...first, milliseconds: expect.any(Number) });
    expect(first.keptTokens).toBe(300);
  }, 60_000);

  test('the question and the task are seen', async () => {
    const ask = async (options: object) =>
      (await optimizer.compress(text, { ...half, ...options })).text;
    const texts = await Promise.all([
      ask({}),
      ask({ question: 'How was the temperature in Edinburgh?' }),
      ask({ task: 'summary' }),
    ]);
    expect(new Set(texts).size).toBe(3);
  }, 60_000);

  test('what is protected is intact', async () => {
    const fence = '```js\nconst a = { b: 1 };\n```';
    const json = '{"city": "Paris", "ids": [1, 2]}';
    const source = `${text}\n\n${fence}\n${json} <skimp keep>Do keep this.</skimp> {{name}} ${text}`;
    const result = await optimizer.compress(source, { keepRatio: 0.2 });
    expectSlices(source, result);
    for (const part of [fence, json, 'Do keep this.', '{{name}}']) {
      expect(result.text).toContain(part);
    }
    expect(result.text).not.toContain('skimp');
  }, 60_000);

  test('what is protected is told where it is asked for, and no event has it', async () => {
    const source = `${text} It did not cost "12 euros".`;
    const { protected: parts, ...result } = await optimizer.compress(source, {
      ...half,
      explain: true,
    });
    const [start, end] = parts?.at(-1) ?? [0, 0];
    expect(source.slice(start, end)).toContain('12 euros');
    expect(events.at(-1)).not.toHaveProperty('protected');
    const plain = await optimizer.compress(source, half);
    expect(plain).toEqual({ ...result, milliseconds: expect.any(Number) });
  }, 60_000);

  test('progress is told, from nothing to all of the windows', async () => {
    const steps: (readonly [number, number])[] = [];
    await optimizer.compress(text, { ...half, onProgress: (...step) => steps.push(step) });
    const total = steps.at(-1)?.[1] ?? 0;
    expect(total).toBeGreaterThan(3);
    expect(steps).toEqual(Array.from({ length: total + 1 }, (_, done) => [done, total]));
  }, 60_000);

  test('a listener that throws disturbs nobody', async () => {
    const seen = new Promise<ErrorEvent>((resolve) => {
      addEventListener('error', (event) => resolve(event), { once: true });
    });
    const onProgress = () => {
      throw new Error("the app's own defect");
    };
    addEventListener('error', (event) => event.preventDefault(), { once: true });
    const result = await optimizer.compress(createProse(150), { ...half, onProgress });
    expect(result.skipped).toBeUndefined();
    expect((await seen).message).toContain("the app's own defect");
  }, 60_000);

  test('lookups get in between windows', async () => {
    await optimizer.store(question, answer);
    let progress: readonly [number, number] = [0, 0];
    const { promise: hasBegun, resolve } = createDeferred<void>();
    const compressing = optimizer.compress(createProse(4_000, 2), {
      ...half,
      onProgress: (...step) => {
        progress = step;
        if (step[0] === 1) resolve();
      },
    });
    await hasBegun;
    expect(await optimizer.lookup(question)).toMatchObject({ kind: 'hit', tier: 'exact' });
    expect(await optimizer.lookup(rephrased)).toMatchObject({ kind: 'hit', tier: 'semantic' });
    const [done, total] = progress;
    expect(total).toBeGreaterThan(20);
    expect(done).toBeLessThan(total / 2);
    await compressing;
  }, 120_000);

  test('an aborted call rejects with its reason, and the worker stops reading', async () => {
    const controller = new AbortController();
    const reason = new Error('the user left');
    let progress: readonly [number, number] = [0, 0];
    const { promise: hasBegun, resolve } = createDeferred<void>();
    const long = createProse(20_000, 2);
    const startedAt = performance.now();
    const pending = optimizer.compress(long, {
      ...half,
      signal: controller.signal,
      onProgress: (...step) => {
        progress = step;
        if (step[0] === 2) resolve();
      },
    });
    await nextTask();
    const blockedMs = performance.now() - startedAt;
    await hasBegun;
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
    console.info(
      `20,000 words: handing them over took ${blockedMs.toFixed(1)} ms of the page,`,
      `${progress[1]} windows, aborted after ${progress[0]}`,
    );
    expect(blockedMs).toBeLessThan(50); // some 1 ms on a machine that does nothing else
    expect(progress[1]).toBeGreaterThan(100);
    // The next text does not wait for the windows that were left.
    const next = await optimizer.compress(createProse(150), half);
    expect(next.milliseconds).toBeLessThan(5_000);
    expect(progress[0]).toBeLessThan(6);
    await expect(optimizer.compress(text, { ...half, signal: controller.signal })).rejects.toBe(
      reason,
    );
  }, 60_000);

  test('past its deadline a text comes back as it was, and an event says why', async () => {
    const result = await optimizer.compress(createProse(4_000, 2), { ...half, deadlineMs: 200 });
    expect(result).toMatchObject({ text: createProse(4_000, 2), skipped: 'unavailable' });
    expect(events.at(-1)).toMatchObject({ type: 'fallback', code: 'deadline-exceeded' });
  }, 60_000);

  test.each([
    ['nothing', '', 'short'],
    ['one word', 'word', 'short'],
    ['blanks', ' \n'.repeat(500), 'short'],
    ['JSON', JSON.stringify(Array.from({ length: 200 }, (_, id) => ({ id }))), 'protected'],
    ['10,000 letters', 'a'.repeat(10_000), 'protected'],
  ])(
    '%s is left as it is',
    async (_what, source, skipped) => {
      const result = await optimizer.compress(source, { keepRatio: 0.3, minTokens: 20 });
      expect(result).toMatchObject({ text: source, skipped });
      expect(result.keptTokens).toBe(result.originalTokens);
      expectSlices(source, result);
    },
    60_000,
  );

  test('what is within its budget is left as it is', async () => {
    const result = await optimizer.compress(text, { maxTokens: 100_000 });
    expect(result).toMatchObject({ text, kept: [[0, text.length]], skipped: 'within-budget' });
    expect(events.at(-1)).toMatchObject({ type: 'compress', skipped: 'within-budget' });
  });

  test.each([
    ['Chinese', '巴黎是法国的首都。它有两百万居民，并且每年接待许多游客。'.repeat(20)],
    ['Arabic', 'باريس عاصمة فرنسا ويسكنها مليونا نسمة وتستقبل كل عام كثيرا من الزوار. '.repeat(20)],
    ['emoji', '😀 👩‍👩‍👧 🎉 word '.repeat(60)],
    [
      'code units at random',
      Array.from({ length: 900 }, (_, at) => String.fromCharCode((at * 7919) % 65_536)).join(''),
    ],
    ['broken JSON and fences', '{"a": [1, 2 and ``` text without end '.repeat(2) + text],
  ])(
    '%s loses some of it, and no pair is cut',
    async (_what, source) => {
      const result = await optimizer.compress(source, half);
      expectSlices(source, result);
      for (const edge of result.kept.flat()) {
        const pair = source.slice(edge - 1, edge + 1);
        expect(pair).not.toMatch(/^[\ud800-\udbff][\udc00-\udfff]$/);
      }
    },
    60_000,
  );

  test('bad options reject, and nothing else happens', async () => {
    const count = events.length;
    await expect(optimizer.compress(text, {})).rejects.toMatchObject({ code: 'invalid-option' });
    await expect(optimizer.compress(text, { keepRatio: 2 })).rejects.toMatchObject({
      code: 'invalid-option',
    });
    expect(events).toHaveLength(count);
  });
});

test('without a model a text comes back as it was, and an event says why', async () => {
  const { optimizer, fallbacks } = open({ compressorUrl: '/models/none/' });
  expect(await optimizer.compress(text, half)).toMatchObject({
    text,
    kept: [[0, text.length]],
    skipped: 'unavailable',
  });
  await expect.poll(fallbacks).toEqual(['model-load-failed']); // events come by another port
  expect((await optimizer.status()).compressor).toMatchObject({
    state: 'unavailable',
    code: 'model-load-failed',
  });
  expect((await optimizer.loadCompressor()).compressor?.state).toBe('unavailable');
});

test('without a worker a text comes back as it was', async () => {
  const { optimizer, fallbacks } = open({
    worker: () => {
      throw new Error('blocked by the content security policy');
    },
  });
  expect(await optimizer.compress(text, half)).toMatchObject({ text, skipped: 'unavailable' });
  expect(fallbacks()).toEqual(['worker-crashed']);
});

test('after close a call says so', async () => {
  const { optimizer } = open();
  optimizer.close();
  await expect(optimizer.compress(text, half)).rejects.toMatchObject({ code: 'optimizer-closed' });
});

test('the model can be loaded ahead, and the cache left out', async () => {
  const { optimizer } = open({ semantic: false, backend: 'wasm', tokenCounter: 'exact' });
  expect(await optimizer.loadCompressor()).toMatchObject({
    semantic: 'unavailable',
    compressor: { state: 'available' },
  });
  const exact = await optimizer.compress(text, half);
  const estimate = await optimizer.compress(text, { ...half, counter: 'estimate' });
  expect(exact.originalTokens).not.toBe(estimate.originalTokens);
}, 60_000);
