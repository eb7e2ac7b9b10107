import OpenAI from 'openai';
import { afterEach, expect, test, vi } from 'vitest';
import { createOptimizer } from '../client/create-optimizer.js';
import type { Optimizer } from '../client/optimizer.js';
import type { OptimizerOptions } from '../client/options.js';
import { lenient } from '../client/test-optimizer.js';
import type { TraceEvent } from '../shared/trace.js';
import { createSkimpFetch } from './fetch.js';

// The real SDK, the real worker, the real models and a real server, which says what it is told to.

vi.setConfig({ testTimeout: 60_000 }); // models are loaded, on machines that may be busy
const opened: Optimizer[] = [];
afterEach(() => {
  for (const optimizer of opened.splice(0)) optimizer.close();
});

const question = 'When does the museum open on Sundays?';
const rephrased = 'when does the museum open on sundays';
const nine = 'The museum opens at 9 in the morning.';
const ten = 'The museum opens at 10 in the morning.';

function open(options: Partial<OptimizerOptions> = {}) {
  const baseURL = `${location.origin}/test-upstream/${crypto.randomUUID()}/v1`;
  const events: TraceEvent[] = [];
  const optimizer = createOptimizer({
    scope: 'anna',
    databaseName: `test-${crypto.randomUUID()}`,
    mode: 'shadow',
    autoDownload: false,
    deadlineMs: 20_000,
    onEvent: (event) => events.push(event),
    ...options,
  });
  opened.push(optimizer);
  const client = new OpenAI({
    apiKey: 'sk-secret',
    baseURL,
    fetch: createSkimpFetch(optimizer),
    dangerouslyAllowBrowser: true,
    maxRetries: 0,
  });
  const count = (type: TraceEvent['type']) => events.filter((event) => event.type === type).length;
  /** Asks, and waits until the answer is stored. */
  async function ask(content: string, answer: string, model = 'gpt-4o') {
    const stores = count('cache-store');
    const messages = [{ role: 'user' as const, content }];
    const { choices } = await client.chat.completions.create({
      model,
      messages,
      metadata: { answer },
    });
    expect(choices[0]?.message.content).toBe(answer); // the fresh one, in any case
    await expect.poll(() => count('cache-store'), { timeout: 20_000 }).toBe(stores + 1);
  }
  const compared = (times: number) =>
    expect.poll(() => count('shadow-compare'), { timeout: 20_000 }).toBe(times);
  const calls = async () => {
    const log: unknown[] = await (await fetch(new URL('log', baseURL))).json();
    return log.length;
  };
  const verdicts = () =>
    events.flatMap((event) =>
      event.type === 'shadow-compare' ? [[event.tier, event.wouldServe, event.verdict]] : [],
    );
  return { optimizer, client, events, ask, compared, calls, verdicts };
}

test('an exact repeat goes to the model, and shows whether that says the same again', async () => {
  const { optimizer, events, ask, compared, calls, verdicts } = open();
  await optimizer.loadModel();
  await ask(question, nine);
  await ask(question, nine);
  await ask(question, ten);
  await compared(2);
  expect(await calls()).toBe(3);
  expect(verdicts()).toEqual([
    ['exact', true, 'agree'],
    ['exact', true, 'differ'],
  ]);
  const misses = events.flatMap((event) => (event.type === 'cache-miss' ? [event] : []));
  expect(misses.map(({ reason }) => reason)).toEqual(['no-candidate', 'shadow', 'shadow']);
  expect(misses[1]).toMatchObject({ detail: 'exact', nearest: { matchedPrompt: question } });
  const { shadow, session, exactHits } = await optimizer.stats();
  expect(shadow).toMatchObject({ compared: 0, exact: { compared: 2, agreed: 1, differed: 1 } });
  expect(shadow?.exact.wrongHitRate?.rate).toBe(0.5);
  expect(shadow?.wouldHaveSaved).toMatchObject({ callsAvoided: 2, promptTokens: 22 });
  expect(shadow?.wouldHaveSaved.usd).toBeGreaterThan(0);
  expect([session.callsAvoided, exactHits]).toEqual([0, 0]);
});

test('another wording that would have been served is compared with what the model says of it', async () => {
  const { optimizer, ask, compared, calls, verdicts } = open(lenient);
  await optimizer.loadModel();
  await ask(question, 'The museum is open from 9 in the morning on Sundays.');
  await ask(rephrased, 'On Sundays the museum is open from 9 in the morning.');
  await ask(`${rephrased}?`, ten);
  await compared(2);
  expect(await calls()).toBe(3);
  expect(verdicts()).toEqual([
    ['semantic', true, 'agree'],
    ['semantic', true, 'differ'],
  ]);
  const { shadow } = await optimizer.stats();
  expect(shadow).toMatchObject({ compared: 2, agreed: 1, differed: 1, exact: { compared: 0 } });
  expect(shadow?.wrongHitRate?.rate).toBe(0.5);
  expect(shadow?.wouldHaveSaved.callsAvoided).toBe(1); // the other one was wrong
  const counted = shadow?.byRisk.reduce((sum, part) => sum + part.compared, 0);
  expect(counted).toBe(2);
});

test('what the error budget refuses is compared by its risk, and not as a hit', async () => {
  const { optimizer, ask, compared, verdicts } = open({ maxErrorRate: 0 });
  await optimizer.loadModel();
  await ask(question, nine);
  await ask(rephrased, nine);
  await compared(1);
  expect(verdicts()).toEqual([['semantic', false, 'agree']]);
  const { shadow } = await optimizer.stats();
  expect(shadow).toMatchObject({ compared: 0, wouldHaveSaved: { callsAvoided: 0 } });
  expect(shadow?.byRisk.filter(({ agreed }) => agreed === 1)).toHaveLength(1);
  expect(shadow?.byRisk.at(-1)?.compared).toBe(0); // its risk is known
});

test('identical requests at the same time each go to the model', async () => {
  const { client, calls } = open();
  const messages = [{ role: 'user' as const, content: question }];
  const create = () => client.chat.completions.create({ model: 'gpt-4o', messages });
  await Promise.all([create(), create(), create()]);
  expect(await calls()).toBe(3);
});

test('what was measured is there on the next visit, for every scope and tab', async () => {
  const databaseName = `test-${crypto.randomUUID()}`;
  const [anna, bob] = [open({ databaseName }), open({ databaseName, scope: 'bob' })];
  for (const { ask, compared } of [anna, bob]) {
    await ask(question, nine);
    await ask(question, nine);
    await compared(1);
  }
  anna.optimizer.close();
  const later = open({ databaseName });
  const { shadow } = await later.optimizer.stats();
  expect(shadow).toMatchObject({ exact: { compared: 2, agreed: 2 } });
  const serving = open({ databaseName, mode: 'serve' });
  expect((await serving.optimizer.stats()).shadow).toBeUndefined();
});

test('without the model equal answers agree, and others cannot be compared', async () => {
  const { ask, compared, verdicts } = open({ modelUrl: '/models/none/' });
  await ask(question, nine);
  await ask(question, nine);
  await ask(question, ten);
  await compared(2);
  expect(verdicts().map(([, , verdict]) => verdict)).toEqual(['agree', 'undecided']);
});

test('a worker that dies before the answer is there leaves nothing to compare, and the answer', async () => {
  const workers: Worker[] = [];
  const worker = () => {
    const spawned = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module' });
    workers.push(spawned);
    return spawned;
  };
  const { optimizer, client, events, ask, compared, verdicts } = open({ worker });
  await ask(question, nine);
  const messages = [{ role: 'user' as const, content: question }];
  const pending = client.chat.completions.create({ model: 'gpt-4o', messages });
  await expect
    .poll(() => events.map((event) => event.type === 'cache-miss' && event.reason))
    .toContain('shadow');
  workers[0]?.terminate();
  expect((await pending).choices[0]?.message.content).toBeTruthy();
  await expect.poll(() => events.map(({ type }) => type)).toContain('worker-restart');
  await expect.poll(async () => (await optimizer.status()).storage).toBe('indexeddb');
  await ask(question, nine);
  await compared(1);
  expect(verdicts()).toHaveLength(1);
});
