import { expect, test } from 'vitest';
import { addCounts, countPlaywright, toVerdict } from './counts.mjs';

test('the verdict names skipped tests only where there are any', () => {
  expect(toVerdict({ passed: 3, failed: 0, skipped: [] })).toBe('3 passed, 0 failed');
  const skipped = [{ name: 'a', reason: 'no adapter' }];
  expect(toVerdict({ passed: 3, failed: 1, skipped })).toBe('3 passed, 1 failed, 1 skipped');
});

test('counts add up', () => {
  const one = { passed: 1, failed: 2, skipped: [{ name: 'a', reason: 'b' }] };
  expect(addCounts(one, one)).toEqual({
    passed: 2,
    failed: 4,
    skipped: [...one.skipped, ...one.skipped],
  });
});

const toReport = (...statuses: readonly string[]) => ({
  suites: [
    {
      title: 'file',
      specs: [],
      suites: [
        {
          title: 'describe',
          specs: statuses.map((status) => ({
            title: status,
            tests: [{ status, annotations: [{ type: 'skip', description: 'no GPU' }] }],
          })),
        },
      ],
    },
  ],
  errors: [],
});

test('Playwright counts tests of nested suites, and says why one was skipped', () => {
  expect(countPlaywright(toReport('expected', 'flaky', 'unexpected', 'skipped'))).toEqual({
    passed: 2,
    failed: 1,
    skipped: [{ name: 'skipped', reason: 'no GPU' }],
  });
});

test('a Playwright run that broke before its tests has failed', () => {
  const report = { ...toReport(), errors: [{ message: 'no server' }] };
  expect(countPlaywright(report)).toMatchObject({ passed: 0, failed: 1 });
});
