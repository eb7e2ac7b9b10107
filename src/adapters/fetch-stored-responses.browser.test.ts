import { expect, test } from 'vitest';
import { createWorld } from './test-world.js';

/** OpenAI keeps the answer, as it does unless it is told not to. */
const stored = { model: 'gpt-test', input: 'What is skimp?' };

test('an answer that the provider stores keeps its id: the next call may name it', async () => {
  const { client, bodies, reported } = createWorld();
  const first = await client.responses.create(stored);
  await reported('cache-store');
  const second = await client.responses.create(stored);
  expect(second).toMatchObject({ id: first.id, store: true, output_text: first.output_text });
  const events = await client.responses.create({ ...stored, stream: true });
  const ids = new Set<string>();
  for await (const event of events) if ('response' in event) ids.add(event.response.id);
  expect([...ids]).toEqual([first.id]);
  const next = { model: 'gpt-test', input: 'And why?', previous_response_id: second.id };
  await client.responses.create(next);
  expect(await bodies()).toEqual([JSON.stringify(stored), JSON.stringify(next)]);
});

test('an answer that the provider does not store is none for a call that it stores', async () => {
  const { client, log, reported } = createWorld();
  await client.responses.create({ ...stored, store: false });
  await reported('cache-store');
  await client.responses.create(stored);
  expect(await log()).toHaveLength(2);
});
