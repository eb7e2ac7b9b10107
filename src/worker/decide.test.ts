import { describe, expect, test } from 'vitest';
import { createSemanticWorld, riskModelAlone } from './test-semantic-world.js';

const asked = 'how can I send a tent back';
const [near, nearer, nearest, far] = [
  'how do I return a tent',
  'how to return tents',
  'returning a tent',
  'where do bears live',
];
const logit = (value: number) => ({ kind: 'logit', logit: value }) as const;

describe('the verifier', () => {
  test('reads the candidates that it could save, and the one of lowest risk is served', async () => {
    const { add, ask, model } = await createSemanticWorld();
    await add(near, 0.97);
    await add(nearest, 0.99);
    model.verdicts = { [nearest]: logit(2), [near]: logit(7) };
    expect(await ask(asked)).toMatchObject({
      kind: 'hit',
      tier: 'semantic',
      matchedPrompt: near,
      similarity: expect.closeTo(0.97, 2),
      verifier: 1 / (1 + Math.exp(-7)),
    });
    expect(model.verified).toEqual([
      [asked, nearest],
      [asked, near],
    ]);
  });

  test('is not asked about a prompt that it could not save', async () => {
    const { add, ask, model } = await createSemanticWorld();
    await add(far, 0.1);
    const miss = await ask(asked);
    expect(miss).toMatchObject({ kind: 'miss', reason: 'risk', nearest: { matchedPrompt: far } });
    expect(miss).not.toHaveProperty('nearest.verifier');
    expect(model.verified).toEqual([]);
  });

  test('is not asked about a prompt that a guard refuses', async () => {
    const { add, ask, model } = await createSemanticWorld();
    await add('how do I return a tent within 30 days', 0.99);
    expect(await ask('how do I return a tent within 60 days')).toMatchObject({
      kind: 'miss',
      reason: 'guard',
      nearest: { guard: { guard: 'numbers', veto: true } },
    });
    expect(model.verified).toEqual([]);
  });

  test('is not asked on, once no other candidate can come to a lower risk', async () => {
    const { add, ask, model } = await createSemanticWorld();
    await add(near, 0.97);
    await add(nearest, 0.99);
    model.verdicts = { [nearest]: logit(20) };
    expect(await ask(asked)).toMatchObject({ kind: 'hit', matchedPrompt: nearest });
    expect(model.verified).toHaveLength(1);
  });

  test('reads three pairs at most', async () => {
    const { add, ask, model } = await createSemanticWorld();
    const prompts = [near, nearer, nearest, 'sending tents back', 'tent returns'];
    for (const [i, prompt] of prompts.entries()) await add(prompt, 0.99 - i / 1_000);
    model.verdicts = Object.fromEntries(prompts.map((prompt) => [prompt, logit(-3)]));
    expect(await ask(asked)).toMatchObject({
      kind: 'miss',
      reason: 'risk',
      nearest: { matchedPrompt: near, verifier: 1 / (1 + Math.exp(3)) },
    });
    expect(model.verified).toHaveLength(3);
  });

  test.each(['too-long', 'unreadable'] as const)(
    'that finds a pair %s leaves it at risk 1',
    async (kind) => {
      const { add, ask, model } = await createSemanticWorld();
      await add(near, 0.99);
      model.verdicts = { [near]: { kind } };
      expect(await ask(asked)).toMatchObject({
        kind: 'miss',
        reason: 'risk',
        nearest: { risk: 1 },
      });
    },
  );

  test('that takes its time saves no entry that is removed meanwhile: the next one answers', async () => {
    const { add, ask, cache, model } = await createSemanticWorld();
    await add(near, 0.97);
    await add(nearest, 0.99);
    model.verdicts = { [nearest]: logit(7.5) };
    const verify = model.verify;
    model.verify = async (pair, mayRun) => {
      if (pair[1] === nearest) await cache.remove(`key of ${nearest}`);
      return verify(pair, mayRun);
    };
    expect(await ask(asked)).toMatchObject({ kind: 'hit', matchedPrompt: near });
  });

  test.each(['failed', 'no-model'] as const)('that is %s means a miss', async (kind) => {
    const { add, ask, model } = await createSemanticWorld();
    await add(near, 0.99);
    model.verdicts = { [near]: { kind } };
    expect(await ask(asked)).toEqual({ kind: 'miss', reason: 'not-ready', detail: kind });
  });
});

describe('the deadline', () => {
  test.each([
    ['embedding', 0],
    ['first verification', 1],
    ['second verification', 2],
  ])(
    'that passes before the %s means a miss, even behind a candidate that fits',
    async (_what, runs) => {
      const { add, ask, model } = await createSemanticWorld();
      await add(near, 0.97);
      await add(nearest, 0.99);
      model.verdicts = { [nearest]: logit(7.5) };
      let asks = 0;
      const decision = await ask(asked, () => (asks += 1) <= runs);
      expect(decision).toEqual({ kind: 'miss', reason: 'not-ready', detail: 'deadline' });
      expect(model.verified).toHaveLength(Math.max(0, runs - 1));
    },
  );

  test('is not asked for an exact repeat', async () => {
    const { add, ask } = await createSemanticWorld();
    await add(near, 1);
    expect(await ask(near, () => false)).toMatchObject({ kind: 'hit', tier: 'exact' });
  });
});

describe('without inference', () => {
  test('an exact repeat is served while the model loads, and nothing else', async () => {
    const { add, ask, model } = await createSemanticWorld();
    await add(near, 1);
    model.semantic = 'downloading';
    expect(await ask(near)).toMatchObject({ kind: 'hit', tier: 'exact' });
    expect(await ask(asked)).toEqual({ kind: 'miss', reason: 'not-ready', detail: 'downloading' });
  });

  test('an empty scope is a miss without candidate', async () => {
    const { ask } = await createSemanticWorld();
    expect(await ask(asked)).toEqual({ kind: 'miss', reason: 'no-candidate' });
  });
});

describe('a text that has no meaning to compare is never a semantic hit', () => {
  test.each([
    ['empty', '', 'no-words'],
    ['blank', ' \n\t', 'no-words'],
    ['emoji only', '🎉🎉🎉', 'no-words'],
    ['code', '```js\nconst a = 1;\n```', 'code'],
    ['JSON', '{"city": "Paris", "population": 2100000}', 'structured'],
    ['a key of 10,000 characters', 'a'.repeat(10_000), 'encoded'],
  ])('%s', async (_what, text, detail) => {
    const { add, ask, model } = await createSemanticWorld();
    // All embed alike here, and the verifier is sure of everything: only readiness stands between.
    await add(near, 1);
    expect(await ask(text)).toEqual({ kind: 'miss', reason: 'unsuitable', detail });
    expect(model.verified).toEqual([]);
  });

  test.each([
    ['10,000 characters of prose', 'how do I return it '.repeat(527), 'too-long'],
    ['pieces that the vocabulary lacks', 'what does 🤷🏽 mean', 'unreadable'],
  ] as const)('%s, as the embedder tells', async (_what, text, kind) => {
    const { add, ask, model } = await createSemanticWorld();
    await add(near, 1);
    model.embedding = { kind };
    expect(await ask(text)).toEqual({ kind: 'miss', reason: 'unsuitable', detail: kind });
  });
});

describe('without a verifier', () => {
  test('the most similar prompt past the threshold is served', async () => {
    const { add, ask, model } = await createSemanticWorld(0.01, riskModelAlone);
    await add(near, 0.975);
    await add(nearest, 0.99);
    model.verdicts = { [near]: { kind: 'no-verifier' }, [nearest]: { kind: 'no-verifier' } };
    const hit = await ask(asked);
    expect(hit).toMatchObject({ kind: 'hit', tier: 'semantic', matchedPrompt: nearest });
    expect(hit).not.toHaveProperty('verifier');
  });

  test('a prompt below the threshold is a miss that tells how near it was', async () => {
    const { add, ask } = await createSemanticWorld(0.01, riskModelAlone);
    await add(near, 0.96);
    expect(await ask(asked)).toMatchObject({
      kind: 'miss',
      reason: 'risk',
      nearest: { matchedPrompt: near, similarity: expect.closeTo(0.96, 2) },
    });
  });
});
