import { expect, test } from 'vitest';
import { listEntries } from './list-entries.js';
import type { ForeignEntry } from './prompt-cache.js';
import { createTransferWorld } from './test-transfer.js';

const COUNT = 10_000;

function createEntry(number: number): ForeignEntry {
  return {
    key: `k${String(number).padStart(6, '0')}`,
    scope: 's',
    owner: 'o',
    prompt: `question ${number}`,
    response: { text: 'x'.repeat(1_000), model: 'm' },
    createdAt: number,
    expiresAt: COUNT * 2,
    hits: 0,
  };
}

test('10,000 entries are listed by the page and exported, without a long task', async () => {
  const world = await createTransferWorld({ kind: 'indexeddb', maxBytes: 100_000_000 });
  world.clock.time = COUNT;
  await world.cache.merge(Array.from({ length: COUNT }, (_, number) => createEntry(number)));
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) =>
    longTasks.push(...list.getEntries().map(({ duration }) => duration)),
  );
  observer.observe({ type: 'longtask' });
  const query = { count: 100, maxAnswerLength: 200 };
  const startedAt = performance.now();
  const middle = await listEntries(world, { ...query, after: `5000:${createEntry(5_000).key}` });
  const pageMs = performance.now() - startedAt;
  const file = await world.export();
  const exportMs = performance.now() - startedAt - pageMs;
  await new Promise((resolve) => setTimeout(resolve)); // the observer is told between tasks
  observer.disconnect();
  console.log(`page ${pageMs.toFixed(0)} ms, export ${exportMs.toFixed(0)} ms, ${file.size} bytes`);
  expect(middle.entries.map(({ prompt }) => prompt).slice(0, 2)).toEqual([
    'question 4999',
    'question 4998',
  ]);
  expect(middle.entries).toHaveLength(100);
  expect((await file.text()).split('\n')).toHaveLength(COUNT + 2);
  expect(pageMs).toBeLessThan(2_000); // reading all of it takes longer
  expect(longTasks.filter((duration) => duration > 200)).toEqual([]);
}, 60_000);
