import { describe, expect, test } from 'vitest';
import { comparePrompts } from './compare.js';
import { createSemanticWorld, riskModelAlone } from './test-semantic-world.js';

const [first, second] = ['how do I return a tent', 'how can I send a tent back'];

test('the same text is served, whatever it holds and however it is spaced', async () => {
  const world = await createSemanticWorld();
  for (const text of [first, '{"a": 1}', '🎉']) {
    expect(await comparePrompts(world, text, ` ${text}\r\n`)).toMatchObject({
      similarity: 1,
      risk: 0,
      served: true,
    });
  }
});

test('the figures are those of a lookup', async () => {
  const world = await createSemanticWorld();
  await world.add(first, 0.983);
  world.model.verdicts = { [first]: { kind: 'logit', logit: 7.25 } };
  const hit = await world.ask(second);
  if (hit.kind !== 'hit') throw new Error('a miss');
  const { similarity, verifier, risk } = hit;
  expect(await comparePrompts(world, first, second)).toEqual({
    similarity,
    verifier,
    risk,
    guards: [],
    served: true,
  });
});

test('the figures are those of a lookup where there is no verifier, too', async () => {
  const world = await createSemanticWorld(0.01, riskModelAlone);
  await world.add(first, 0.983);
  world.model.verdicts = { [first]: { kind: 'no-verifier' } };
  const hit = await world.ask(second);
  if (hit.kind !== 'hit') throw new Error('a miss');
  const { similarity, risk } = hit;
  const comparison = await comparePrompts(world, first, second);
  expect(comparison).toEqual({ similarity, risk, guards: [], served: true });
});

test('nothing is stored, served or counted', async () => {
  const world = await createSemanticWorld();
  await comparePrompts(world, first, second);
  expect(await world.ask(second)).toEqual({ kind: 'miss', reason: 'no-candidate' });
  expect(await world.cache.report('key', 'wrong')).toBe(false);
});

test('a threshold that reports have lowered counts', async () => {
  const world = await createSemanticWorld();
  await world.add(first, 1);
  world.model.verdicts = { [first]: { kind: 'logit', logit: 5.5 } };
  expect(await comparePrompts(world, first, second)).toMatchObject({ served: true });
  const hit = await world.ask(second);
  await world.cache.report(hit.kind === 'hit' ? hit.key : '', 'wrong');
  expect(await comparePrompts(world, first, second)).toMatchObject({ served: false });
});

test('every feature is told of a pair that a guard refuses, and it is not served', async () => {
  const world = await createSemanticWorld();
  const comparison = await comparePrompts(world, 'a tent for 2 people', 'a tent for 3 people');
  expect(comparison).toMatchObject({
    similarity: 1,
    verifier: expect.closeTo(1, 3),
    guards: [{ guard: 'numbers', veto: true }],
    risk: 1,
    served: false,
  });
});

test('the verifier reads a pair that is hopeless, too', async () => {
  const world = await createSemanticWorld();
  world.model.similarities = { [first]: 0 };
  world.model.verdicts = { [first]: { kind: 'logit', logit: -3 } };
  expect(await comparePrompts(world, first, second)).toMatchObject({
    verifier: 1 / (1 + Math.exp(3)),
    served: false,
  });
});

describe('what skimp cannot tell has risk 1 and a reason', () => {
  test.each([
    ['empty', '', 'no-words'],
    ['emoji only', '🎉🎉🎉', 'no-words'],
    ['code', '```js\nconst a = 1;\n```', 'code'],
    ['JSON', '{"city": "Paris", "population": 2100000}', 'structured'],
    ['encoded', 'a'.repeat(10_000), 'encoded'],
  ])('%s', async (_what, text, detail) => {
    const world = await createSemanticWorld();
    const unknown = { guards: [], risk: 1, served: false, detail };
    expect(await comparePrompts(world, first, text)).toEqual(unknown);
    expect(await comparePrompts(world, text, first)).toEqual(unknown);
  });

  test.each(['too-long', 'unreadable', 'failed'] as const)('a text that is %s', async (kind) => {
    const world = await createSemanticWorld();
    world.model.embedding = { kind };
    expect(await comparePrompts(world, first, second)).toEqual({
      guards: [],
      risk: 1,
      served: false,
      detail: kind,
    });
  });

  test('a pair that is too long together', async () => {
    const world = await createSemanticWorld();
    world.model.verdicts = { [first]: { kind: 'too-long' } };
    expect(await comparePrompts(world, first, second)).toEqual({
      similarity: 1,
      guards: [],
      risk: 1,
      served: false,
      detail: 'too-long',
    });
  });

  test('any pair while no model runs', async () => {
    const world = await createSemanticWorld();
    world.model.semantic = 'downloading';
    expect(await comparePrompts(world, first, second)).toMatchObject({ detail: 'downloading' });
  });
});
