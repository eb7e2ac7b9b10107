#!/usr/bin/env node
/**
 * `npm run bench`: the benches of the library, and the lookups of a replay in Chromium. Writes
 * benchmarks/report.json and benchmarks/report.md, where the README's numbers come from.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ensureDemo } from './build.mjs';
import { replay } from './replay.mjs';
import { readRows } from './replay/rows.mjs';
import { number, toTable } from './replay/table.mjs';
import { isMain, root, setup } from './setup.mjs';

const REPLAYED_ROWS = 2_000;
/** The lowest that the base model is calibrated for: stricter, there is no semantic hit to time. */
const MAX_ERROR_RATE = 0.05;
/** Real prompts where they are at hand; the sample that is always there otherwise. */
const streams = ['../shared/data/stream_zipf1.dev.jsonl.xz', 'src/demo/sample.jsonl'];

/** @typedef {{ name: string, medianMs: number, ratio: number }} Timing of a group's fastest: 1 */
/** @typedef {{ name: string, timings: Timing[] }} Group */

/** @returns {Group[]} */
function runBenches() {
  const folder = mkdtempSync(join(tmpdir(), 'skimp-bench-'));
  const file = join(folder, 'bench.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'bench', '--run', '--project=node', `--outputJson=${file}`],
    { cwd: root, stdio: 'inherit' },
  );
  if (status !== 0) throw new Error('a bench failed; its output is above');
  /** @type {{ files: { groups: { fullName: string, benchmarks: { name: string, median: number }[] }[] }[] }} */
  const report = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true });
  return report.files
    .flatMap(({ groups }) => groups)
    .map(({ fullName, benchmarks }) => ({
      name: fullName.replace(/^.*? > /, ''),
      timings: toTimings(benchmarks),
    }));
}

/** @param {readonly { name: string, median: number }[]} benchmarks @returns {Timing[]} */
function toTimings(benchmarks) {
  const fastest = Math.min(...benchmarks.map(({ median }) => median));
  return benchmarks.map(({ name, median }) => ({
    name,
    medianMs: median,
    ratio: median / fastest,
  }));
}

/** @param {string} chromiumPath */
async function replayStream(chromiumPath) {
  const file = streams.map((path) => join(root, path)).find((path) => existsSync(path)) ?? '';
  const { rows, ...reading } = await readRows(file, { limit: REPLAYED_ROWS });
  await ensureDemo();
  const backend = /** @type {const} */ ('wasm');
  const settings = { backend, maxErrorRate: MAX_ERROR_RATE, deadlineMs: 300 };
  const { report } = await replay({ chromiumPath, rows, settings });
  return { file: basename(file), ...reading, ...report };
}

/**
 * @param {{ machine: string, groups: Group[], replay: Awaited<ReturnType<typeof replayStream>> }} report
 */
function toMarkdown({ machine, groups, replay: replayed }) {
  const rows = groups.flatMap(({ name, timings }) =>
    timings.map(
      (timing) =>
        `| ${name} | ${timing.name} | ${number(timing.medianMs, 3)} | ${number(timing.ratio, 1)} |`,
    ),
  );
  return [
    '# Benchmarks',
    '',
    `Written by \`npm run bench\` on ${machine}.`,
    '',
    '## In Node',
    '',
    '| what | by | median, ms | times the fastest |',
    '| --- | --- | --: | --: |',
    ...rows,
    '',
    `## Replay of ${replayed.file} in headless Chromium`,
    '',
    '```',
    toTable(replayed),
    '```',
    '',
  ].join('\n');
}

async function main() {
  const { chromiumPath } = await setup();
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}`;
  const report = { machine, groups: runBenches(), replay: await replayStream(chromiumPath) };
  const toPath = (/** @type {string} */ name) => join(root, 'benchmarks', name);
  mkdirSync(toPath('.'), { recursive: true });
  writeFileSync(toPath('report.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(toPath('report.md'), toMarkdown(report));
  console.log(toMarkdown(report));
}

if (isMain(import.meta.url)) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
