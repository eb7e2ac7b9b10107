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
import { root, runMain, setup } from './setup.mjs';

const REPLAYED_ROWS = 2_000;
/** The library's default. */
const MAX_ERROR_RATE = 0.01;
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

/**
 * The lines of the report that README quotes.
 *
 * @param {Parameters<typeof toMarkdown>[0]} report
 */
function toSummary({ groups, replay: replayed }) {
  const searches = groups.flatMap(({ name, timings }) => {
    const [fastest, slowest] = [timings.at(0), timings.at(-1)];
    if (fastest === undefined || slowest === undefined) return [];
    const times = `${number(slowest.ratio, 0)} times as fast as ${slowest.name}`;
    return [`| ${name}, ${fastest.name} | median ${number(fastest.medianMs, 2)} ms, ${times} |`];
  });
  const { exact, semantic, miss } = replayed.latencyMs;
  const of = (/** @type {{ p50: number | null, p95: number | null }} */ { p50, p95 }) =>
    p50 === null || p95 === null ? 'none' : `p50 ${number(p50, 1)} ms, p95 ${number(p95, 1)} ms`;
  return [
    '| what | measured |',
    '| --- | --- |',
    ...searches,
    `| exact hit, in the worker, ${number(replayed.rows)} real prompts | ${of(exact)} |`,
    `| semantic hit: embed, search, guard, verify, decide, on one WASM thread | ${of(semantic)} |`,
    `| miss, likewise | ${of(miss)} |`,
    `| tasks over 50 ms on the page's thread | ${replayed.longTasks} |`,
  ].join('\n');
}

/** Puts the summary between README's marks. @param {string} summary */
async function writeReadme(summary) {
  const file = join(root, 'README.md');
  const marks = /(<!-- bench -->\n)[^]*(\n<!-- \/bench -->)/;
  const text = readFileSync(file, 'utf8');
  const filled = text.replace(marks, (_all, start, end) => `${start}\n${summary}\n${end}`);
  const { format, resolveConfig } = await import('prettier');
  writeFileSync(file, await format(filled, { ...(await resolveConfig(file)), filepath: file }));
}

async function main() {
  const { chromiumPath } = await setup();
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}`;
  const report = { machine, groups: runBenches(), replay: await replayStream(chromiumPath) };
  const toPath = (/** @type {string} */ name) => join(root, 'benchmarks', name);
  mkdirSync(toPath('.'), { recursive: true });
  writeFileSync(toPath('report.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(toPath('report.md'), toMarkdown(report));
  await writeReadme(toSummary(report));
  console.log(toMarkdown(report));
}

await runMain(import.meta.url, main);
