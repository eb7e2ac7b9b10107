import { expect, test } from 'vitest';
import { createDeferred } from '../shared/deferred.js';
import { createRerun } from './rerun.js';

const settle = () => new Promise((resolve) => setTimeout(resolve));

test('what is asked for during a run is one more run, after it', async () => {
  const runs = [createDeferred<void>(), createDeferred<void>(), createDeferred<void>()];
  let started = 0;
  const rerun = createRerun(() => runs[started++]?.promise ?? Promise.resolve());
  rerun();
  rerun();
  rerun();
  expect(started).toBe(1);
  runs[0]?.resolve();
  await settle();
  expect(started).toBe(2);
  runs[1]?.resolve();
  await settle();
  expect(started).toBe(2);
});

test('a run that fails does not stop the next one', async () => {
  let started = 0;
  const rerun = createRerun(async () => {
    started += 1;
    throw new Error('no');
  });
  rerun();
  await settle();
  rerun();
  await settle();
  expect(started).toBe(2);
});
