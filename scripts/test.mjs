#!/usr/bin/env node
/** `npm test`: installs what is missing, builds, runs every test, and counts. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from './build.mjs';
import { isPythonReady, runPython } from './python.mjs';
import { root, setup } from './setup.mjs';
import { addCounts, countPlaywright, countPytest, toVerdict } from './test/counts.mjs';

/** @typedef {import('./test/counts.mjs').Counts} Counts */

/** @type {Readonly<Record<string, (reportFile: string) => Counts>>} */
const suites = {
  unit: (file) => runVitest('node', file),
  browser: (file) => runVitest('browser', file),
  e2e: runPlaywright,
  training: runPytest,
};

/** @param {string} project @param {string} reportFile */
function runVitest(project, reportFile) {
  const reporters = ['--reporter=default', '--reporter=./scripts/test/counts-reporter.mjs'];
  return runSuite({
    args: ['node_modules/vitest/vitest.mjs', 'run', `--project=${project}`, ...reporters],
    reportFile,
    toCounts: (report) => /** @type {Counts} */ (report),
    env: { SKIMP_COUNTS_FILE: reportFile },
  });
}

/** @param {string} reportFile */
function runPlaywright(reportFile) {
  const config = '--config=e2e/playwright.config.ts';
  return runSuite({
    args: ['node_modules/@playwright/test/cli.js', 'test', config, '--reporter=list,json'],
    reportFile,
    toCounts: countPlaywright,
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile },
  });
}

/**
 * The Python tests, a smoke training among them, where `npm run train -- setup` has been run: they
 * need PyTorch, which the rest of the project does not.
 *
 * @param {string} reportFile
 * @returns {Counts}
 */
function runPytest(reportFile) {
  if (!isPythonReady()) {
    const reason = 'needs the Python packages: npm run train -- setup';
    return { passed: 0, failed: 0, skipped: [{ name: 'training', reason }] };
  }
  const status = runPython(['-m', 'pytest', '-q', `--junitxml=${reportFile}`]);
  if (existsSync(reportFile)) return countPytest(readFileSync(reportFile, 'utf8'));
  console.error(`pytest ended with ${status} and wrote no report`);
  return { passed: 0, failed: 1, skipped: [] };
}

/**
 * @param {object} suite
 * @param {string[]} suite.args
 * @param {string} suite.reportFile
 * @param {(report: unknown) => Counts} suite.toCounts
 * @param {Record<string, string>} [suite.env]
 * @returns {Counts}
 */
function runSuite({ args: [script = '', ...rest], reportFile, toCounts, env = {} }) {
  const { status } = spawnSync(process.execPath, [join(root, script), ...rest], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  /** @type {unknown} */
  let report;
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    console.error(`${script} ended with ${status} and wrote no report`);
    return { passed: 0, failed: 1, skipped: [] };
  }
  const counts = toCounts(report);
  // A run can fail without a failing test: an unhandled rejection, a server that did not start.
  const isBroken = status !== 0 && counts.failed === 0;
  return isBroken ? { ...counts, failed: 1 } : counts;
}

await setup();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in suites));
if (unknown.length > 0) throw new Error(`no such suite: ${unknown.join(', ')}`);
const names = wanted.length > 0 ? wanted : Object.keys(suites);
if (names.includes('e2e')) await buildAll();
const folder = mkdtempSync(join(tmpdir(), 'skimp-test-'));
/** @type {Counts} */
let total = { passed: 0, failed: 0, skipped: [] };
for (const name of names) {
  console.log(`\ntest: ${name}`);
  const counts = suites[name]?.(join(folder, `${name}.json`));
  if (counts !== undefined) total = addCounts(total, counts);
}
rmSync(folder, { recursive: true });
for (const { name, reason } of total.skipped) console.log(`skipped: ${name}: ${reason}`);
if (total.passed + total.failed === 0) console.error('no test ran');
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
console.log(`\n${toVerdict(total)}`);
