import { beforeAll, describe, expect, test } from 'vitest';
import type { PromptRequest } from '../shared/prompt-request.js';
import type { TraceEvent } from '../shared/trace.js';
import { createOptimizer } from './create-optimizer.js';
import type { Optimizer } from './optimizer.js';
import { answer, ask, lenient, open, patient, question, rephrased } from './test-optimizer.js';

describe('the exact tier', () => {
  test('serves a repeat without a model, and says so', async () => {
    const { optimizer, events } = open();
    expect(await optimizer.lookup(question)).toMatchObject({ kind: 'miss', reason: 'not-ready' });
    expect(await optimizer.store(question, answer)).toMatchObject({ stored: true });
    expect(await optimizer.lookup(question)).toMatchObject({
      kind: 'hit',
      tier: 'exact',
      response: answer,
      matchedPrompt: question.query,
    });
    expect(events.map(({ type }) => type).filter((type) => type !== 'status-change')).toEqual([
      'cache-miss',
      'cache-store',
      'cache-hit',
    ]);
    expect(await optimizer.stats()).toMatchObject({
      exactHits: 1,
      misses: 1,
      entries: 1,
      savedTokens: { prompt: 8, completion: 3 },
    });
  });

  test('outlives the page that stored it', async () => {
    const databaseName = `test-${crypto.randomUUID()}`;
    const first = open({ databaseName });
    await first.optimizer.store(question, answer);
    first.optimizer.close();
    const second = open({ databaseName });
    expect(await second.optimizer.lookup(question)).toMatchObject({ kind: 'hit', tier: 'exact' });
  });

  test('keeps scopes apart, and clears one of them', async () => {
    const { optimizer } = open();
    await optimizer.store(question, answer);
    const theirs = { ...question, scope: 'ben' };
    expect((await optimizer.lookup(theirs)).kind).toBe('miss');
    await optimizer.store(theirs, answer);
    expect(await optimizer.clear('ben')).toBe(1);
    expect((await optimizer.lookup(theirs)).kind).toBe('miss');
    expect((await optimizer.lookup(question)).kind).toBe('hit');
    expect(await optimizer.clear()).toBe(1);
    expect(await optimizer.stats()).toMatchObject({ entries: 0, bytes: 0 });
  });

  test('forgets an answer that was wrong', async () => {
    const { optimizer } = open();
    await optimizer.store(question, answer);
    const hit = await optimizer.lookup(question);
    expect(await optimizer.reportWrongHit(hit.key ?? '')).toBe(true);
    expect((await optimizer.lookup(question)).kind).toBe('miss');
    expect((await optimizer.stats()).wrongHits).toBe(1);
  });
});

describe('the semantic tier', () => {
  test('status goes from downloadable to available and says which back end and why', async () => {
    const { optimizer, events } = open({ backend: 'wasm' });
    expect((await optimizer.loadModel()).semantic).toBe('available');
    expect(await optimizer.status()).toMatchObject({
      semantic: 'available',
      backend: 'wasm',
      dtype: 'q8',
      model: 'skimp-same-response',
      reason: expect.stringContaining('WASM: asked for'),
      storage: 'indexeddb',
    });
    const states = events.flatMap((event) =>
      event.type === 'status-change' ? event.semantic : [],
    );
    expect(states).toContain('downloading');
    expect(states.at(-1)).toBe('available');
  });

  test('a budget that the model is not calibrated for is told in the reason', async () => {
    const { optimizer } = open({ maxErrorRate: 0.0001 });
    expect((await optimizer.loadModel()).reason).toContain('only exact repeats are served');
  });

  test('exact repeats are served while the models load', async () => {
    const { optimizer } = open();
    let isLoaded = false;
    const loading = optimizer.loadModel().finally(() => {
      isLoaded = true;
    });
    await optimizer.store(question, answer);
    expect(await optimizer.lookup(question)).toMatchObject({ kind: 'hit', tier: 'exact' });
    expect(isLoaded).toBe(false);
    await loading;
  });

  test('a software WebGPU adapter is not used unless asked for', async () => {
    const { optimizer } = open();
    expect(await optimizer.loadModel()).toMatchObject({ backend: 'wasm', dtype: 'q8' });
  });

  describe('with a model that runs', () => {
    const events: TraceEvent[] = [];
    let optimizer: Optimizer;
    beforeAll(async () => {
      optimizer = createOptimizer({
        scope: 'anna',
        databaseName: `test-${crypto.randomUUID()}`,
        ...lenient,
        ...patient,
        onEvent: (event) => events.push(event),
      });
      await optimizer.loadModel();
      return () => optimizer.close();
    }, 60_000);

    /** Requests of one test: no other test's answers are in its scope. */
    function createAsk() {
      const scope = crypto.randomUUID();
      return (query: string): PromptRequest => ({ ...ask(query), scope });
    }

    test('answers another wording, and tells the wording it knew', async () => {
      const askHere = createAsk();
      await optimizer.store(askHere(question.query), answer);
      expect(await optimizer.lookup(askHere(rephrased.query))).toMatchObject({
        kind: 'hit',
        tier: 'semantic',
        matchedPrompt: question.query,
        verifier: expect.any(Number),
      });
      expect(events.at(-1)).toMatchObject({ type: 'cache-hit', tier: 'semantic' });
    });

    test.each([
      ['another name', 'What is the capital of Spain?'],
      ['a negation', 'What is not the capital of France?'],
      ['another subject', 'How do I bake bread?'],
    ])('does not answer %s, and says why', async (_what, other) => {
      const askHere = createAsk();
      await optimizer.store(askHere(question.query), answer);
      expect(await optimizer.lookup(askHere(other))).toMatchObject({
        kind: 'miss',
        nearest: { matchedPrompt: question.query },
      });
    });

    test('does not carry an answer into another conversation', async () => {
      const scope = crypto.randomUUID();
      const after = (earlier: string): PromptRequest => ({
        ...ask('How old is he?'),
        scope,
        context: [{ role: 'user', content: earlier }],
      });
      await optimizer.store(after('Who is the president?'), answer);
      expect((await optimizer.lookup(after('Who is the pope?'))).kind).toBe('miss');
    });

    test('compares two prompts as a lookup does, without touching the cache', async () => {
      const askHere = createAsk();
      const { entries } = await optimizer.stats();
      const comparison = await optimizer.compare(question.query, rephrased.query);
      expect(await optimizer.stats()).toMatchObject({ entries });
      await optimizer.store(askHere(question.query), answer);
      const { similarity, verifier, risk } = { ...comparison };
      expect(await optimizer.lookup(askHere(rephrased.query))).toMatchObject({
        kind: 'hit',
        similarity,
        verifier,
        risk,
      });
      expect(comparison).toMatchObject({ served: true, guards: [] });
    });
  });

  test('reaches what was stored before the model ran', async () => {
    const { optimizer } = open(lenient);
    await optimizer.store(question, answer);
    await optimizer.loadModel();
    await expect.poll(async () => (await optimizer.lookup(rephrased)).kind).toBe('hit');
  });

  test('sees what another tab stores and removes', async () => {
    const databaseName = `test-${crypto.randomUUID()}`;
    const here = open({ databaseName, ...lenient });
    const there = open({ databaseName, ...lenient });
    await Promise.all([here.optimizer.loadModel(), there.optimizer.loadModel()]);
    await here.optimizer.store(question, answer);
    await expect.poll(async () => (await there.optimizer.lookup(rephrased)).kind).toBe('hit');
    await here.optimizer.clear();
    await expect.poll(async () => (await there.optimizer.lookup(rephrased)).kind).toBe('miss');
  });
});
