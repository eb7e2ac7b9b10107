import OpenAI from 'openai';
import { afterEach, expect, test } from 'vitest';
import { createOptimizer } from '../client/create-optimizer.js';
import type { Optimizer } from '../client/optimizer.js';
import { lenient } from '../client/test-optimizer.js';
import type { TraceEvent } from '../shared/trace.js';
import { createSkimpFetch } from './fetch.js';
import { askClaude, createAnthropic, textOf } from './test-anthropic.js';
import { loadWireFormat, wireNames } from './wire/endpoints.js';

// The real SDKs, the real worker, the real models and a real server, once for each wire.

const opened: Optimizer[] = [];
afterEach(() => {
  for (const optimizer of opened.splice(0)) optimizer.close();
});

async function open() {
  const baseURL = `${location.origin}/test-upstream/${crypto.randomUUID()}/v1`;
  const events: TraceEvent[] = [];
  const optimizer = createOptimizer({
    scope: 'anna',
    databaseName: `test-${crypto.randomUUID()}`,
    autoDownload: false,
    deadlineMs: 20_000,
    onEvent: (event) => events.push(event),
    ...lenient,
  });
  opened.push(optimizer);
  await optimizer.loadModel();
  // On a busy machine the code may come later than a call waits for it.
  await Promise.all(wireNames.map(loadWireFormat));
  const skimpFetch = createSkimpFetch(optimizer);
  const types = () => events.map(({ type }) => type);
  const stored = () => expect.poll(types, { timeout: 5000 }).toContain('cache-store');
  return { baseURL, optimizer, skimpFetch, types, stored };
}

/** For a worker and models that a busy machine has yet to load. */
const slow = { timeout: 60_000 };

const first = 'What is the capital of France?';
const rephrased = 'what is the capital of france';
const other = 'What is the capital of Spain?';

test('an app with responses asks two wordings and pays for one', slow, async () => {
  const { baseURL, skimpFetch, types, stored } = await open();
  const client = new OpenAI({
    apiKey: 'sk-secret',
    baseURL,
    fetch: skimpFetch,
    dangerouslyAllowBrowser: true,
    maxRetries: 0,
  });
  const ask = (input: string) =>
    client.responses.create({ model: 'gpt-test', input, store: false });
  const { output_text: text } = await ask(first);
  await stored();
  expect((await ask(rephrased)).output_text).toBe(text);
  const stream = client.responses.stream({ model: 'gpt-test', input: rephrased, store: false });
  expect((await stream.finalResponse()).output_text).toBe(text);
  expect((await ask(other)).output_text).not.toBe(text);
  expect(types().filter((type) => type === 'cache-hit')).toHaveLength(2);
});

test(
  "an app with Anthropic's SDK and skimp as its middleware asks two wordings and pays for one",
  slow,
  async () => {
    const world = await open();
    const client = createAnthropic(world, 'middleware');
    const ask = async (text: string) => textOf(await client.messages.create(askClaude(text)));
    const text = await ask(first);
    await world.stored();
    expect(await ask(rephrased)).toBe(text);
    expect(await client.messages.stream(askClaude(rephrased)).finalText()).toBe(text);
    expect(await ask(other)).not.toBe(text);
    expect(world.types().filter((type) => type === 'cache-hit')).toHaveLength(2);
  },
);
