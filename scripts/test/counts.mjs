/** Counts tests from the reports of Vitest and Playwright. */

/** @typedef {{ readonly name: string, readonly reason: string }} Skipped */
/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: readonly Skipped[] }} Counts */

/** @param {Counts} a @param {Counts} b @returns {Counts} */
export function addCounts(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: [...a.skipped, ...b.skipped],
  };
}

/** @param {Counts} counts @returns {string} the line that ends a run */
export function toVerdict({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}

/**
 * @param {readonly import('vitest/node').TestModule[]} modules
 * @param {readonly unknown[]} strayErrors thrown outside of any test
 * @returns {Counts}
 */
export function countVitest(modules, strayErrors) {
  /** @type {{ passed: number, failed: number, skipped: Skipped[] }} */
  const counts = { passed: 0, failed: strayErrors.length, skipped: [] };
  for (const module of modules) {
    const failedBefore = counts.failed;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') counts.passed += 1;
      else if (result.state === 'failed') counts.failed += 1;
      else {
        const reason = (result.state === 'skipped' && result.note) || 'no reason given';
        counts.skipped.push({ name: test.fullName, reason });
      }
    }
    // A file that cannot be loaded fails without a failing test.
    if (!module.ok() && counts.failed === failedBefore) counts.failed += 1;
  }
  return counts;
}

/**
 * @typedef {{ type: string, description?: string }} Annotation
 * @typedef {{ title: string, tests: { status: string, annotations: Annotation[] }[] }} Spec
 * @typedef {{ title: string, specs?: Spec[], suites?: Suite[] }} Suite
 */

/**
 * @param {unknown} report Playwright's `json`
 * @returns {Counts}
 */
export function countPlaywright(report) {
  const { suites, errors } = /** @type {{ suites: Suite[], errors?: unknown[] }} */ (report);
  const specs = suites.flatMap(specsOf);
  const tests = specs.flatMap(({ title, tests: runs }) => runs.map((run) => ({ ...run, title })));
  const of = (/** @type {string[]} */ ...wanted) =>
    tests.filter(({ status }) => wanted.includes(status));
  const failed = of('unexpected').length;
  return {
    passed: of('expected', 'flaky').length,
    failed: failed > 0 ? failed : (errors ?? []).length,
    skipped: of('skipped').map(({ title, annotations }) => ({
      name: title,
      reason: annotations.find(({ description }) => description)?.description ?? 'no reason given',
    })),
  };
}

/**
 * @param {string} report pytest's JUnit XML
 * @returns {Counts} an error outside of a test is a failure
 */
export function countPytest(report) {
  const suite = /<testsuite [^>]*>/.exec(report)?.[0] ?? '';
  const of = (/** @type {string} */ name) =>
    Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = of('failures') + of('errors');
  const skipped = [...report.matchAll(/ name="([^"]*)"[^>]*><skipped[^>]*message="([^"]*)"/g)];
  return {
    passed: of('tests') - failed - of('skipped'),
    failed,
    skipped: skipped.map(([, name = '', reason = '']) => ({ name, reason })),
  };
}

/** @param {Suite} suite @returns {Spec[]} */
function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}
