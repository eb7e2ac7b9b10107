import { expect, test } from 'vitest';
import type { CacheHit } from '../shared/decision.js';
import { addSavings, noSavings } from '../shared/savings.js';
import type { Savings, SavingsRecord } from '../shared/savings.js';
import { createSavingsMeter } from './savings-meter.js';

const request = { query: 'q', model: 'gpt-x', context: [], params: {}, scope: 'bob' };
const usage = { promptTokens: 10, completionTokens: 20 };
const hit: CacheHit = {
  kind: 'hit',
  tier: 'exact',
  key: 'k',
  similarity: 1,
  risk: 0,
  matchedPrompt: 'q',
  ageMs: 0,
  lookupMs: 1,
  response: { text: 't', model: 'gpt-x-1', usage, latencyMs: 800 },
};
const miss = { kind: 'miss', reason: 'risk', lookupMs: 9 } as const;

/** A meter whose worker counts a dollar a call, and whose clock is turned by `tick`. */
function createWorld() {
  const batches: (readonly SavingsRecord[])[] = [];
  const tasks: (() => void)[] = [];
  const world = { isDown: false };
  const record = async (records: readonly SavingsRecord[]): Promise<Savings[]> => {
    if (world.isDown) throw new Error('the worker is away');
    batches.push(records);
    return records.map(({ known, call }) =>
      addSavings(addSavings(noSavings, known), call ? { usd: 1, promptTokens: 10 } : {}),
    );
  };
  const meter = createSavingsMeter({ record, schedule: (task) => tasks.push(task) });
  const tick = () => tasks.splice(0).forEach((task) => task());
  return { world, meter, batches, tasks, tick };
}

test('what happens in a second is one batch, and hits and misses cost their time', async () => {
  const { meter, batches, tasks, tick } = createWorld();
  meter.countLookup(request, hit, 5);
  meter.countLookup(request, miss, 40);
  meter.countLookup(request, hit, 5);
  expect([batches.length, tasks.length]).toEqual([0, 1]);
  tick();
  await meter.flush();
  expect(batches).toHaveLength(1);
  expect(batches[0]?.[0]).toEqual({
    scope: 'bob',
    known: { callsAvoided: 1, savedMs: 800, spentMs: 5, netMs: 795 },
    call: { models: ['gpt-x-1', 'gpt-x'], tokens: usage },
  });
  expect(meter.session()).toMatchObject({ callsAvoided: 2, usd: 2, spentMs: 50, netMs: 1_550 });
});

test('an answer without token counts is sent with its texts, to be counted', async () => {
  const { meter, batches } = createWorld();
  meter.countLookup(request, { ...hit, response: { text: 't', model: 'm' } }, 0);
  await meter.flush();
  expect(batches[0]?.[0]?.call?.tokens).toEqual({ request, answer: 't' });
});

test('a request that lost words saves them, and costs its time', async () => {
  const { meter, batches } = createWorld();
  const tokens = { originalTokens: 100, sentTokens: 40 };
  meter.countEvent({
    type: 'compress-request',
    messages: 1,
    model: 'm',
    milliseconds: 30,
    ...tokens,
  });
  meter.countEvent({ type: 'cache-skip', reason: 'no-store' });
  await meter.flush();
  expect(batches).toEqual([
    [
      {
        scope: undefined,
        known: { shortenedCalls: 1, spentMs: 30, netMs: -30 },
        call: { models: ['m'], tokens: { promptTokens: 60, completionTokens: 0 } },
      },
    ],
  ]);
});

test.each([true, false])(
  'a wrong hit takes back all but the time spent, once (reported after its batch: %s)',
  async (isCounted) => {
    const { meter, batches } = createWorld();
    meter.countLookup(request, hit, 5);
    meter.countLookup(request, hit, 5);
    if (isCounted) await meter.flush();
    meter.takeBack('k');
    meter.takeBack('another');
    await meter.flush();
    expect(meter.session()).toEqual({
      ...noSavings,
      callsAvoided: 1,
      wrongHits: 1,
      promptTokens: 10,
      usd: 1,
      savedMs: 800,
      spentMs: 10,
      netMs: 790,
    });
    meter.takeBack('k');
    meter.takeBack('k');
    await meter.flush();
    expect(meter.session()).toMatchObject({ callsAvoided: 0, wrongHits: 2, usd: 0, netMs: -10 });
    expect(batches.flat().every(({ scope }) => scope === 'bob')).toBe(true);
  },
);

test('what the worker did not take is sent again, in order, and counts once', async () => {
  const { world, meter, batches, tick } = createWorld();
  world.isDown = true;
  meter.countLookup(request, hit, 5);
  tick();
  await expect(meter.flush()).rejects.toThrow('away');
  expect(meter.session()).toEqual(noSavings);
  world.isDown = false;
  meter.countLookup(request, miss, 1);
  await meter.flush();
  await meter.flush();
  expect(batches.map(({ length }) => length)).toEqual([2]);
  expect(meter.session()).toMatchObject({ callsAvoided: 1, spentMs: 6 });
});

test('what waits for a worker that never comes is bounded', async () => {
  const { meter, batches } = createWorld();
  for (let calls = 0; calls < 1_500; calls += 1) meter.countLookup(request, miss, 1);
  await meter.flush();
  expect(batches.map(({ length }) => length)).toEqual([1_000]);
});
