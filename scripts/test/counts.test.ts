import { expect, test } from 'vitest';
import { addCounts, countPlaywright, countPytest, toVerdict } from './counts.mjs';

test('the verdict is the two counts alone, whatever was skipped', () => {
  const skipped = [{ name: 'a', reason: 'no adapter' }];
  expect(toVerdict({ passed: 3, failed: 1, skipped })).toBe('3 passed, 1 failed');
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

test('pytest counts failures and errors as failed, and says why one was skipped', () => {
  const report =
    '<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="1" tests="9" time="1">' +
    '<testcase classname="a" name="needs_data" time="0"><skipped type="pytest.skip" message="no data">x' +
    '</skipped></testcase></testsuite></testsuites>';
  expect(countPytest(report)).toEqual({
    passed: 5,
    failed: 3,
    skipped: [{ name: 'needs_data', reason: 'no data' }],
  });
});
