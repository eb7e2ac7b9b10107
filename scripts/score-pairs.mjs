#!/usr/bin/env node
/** `npm run score-pairs -- FILE`: what the optimizer thinks of pairs of prompts, in headless Chromium. */
import { appendFileSync, closeSync, openSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDemo } from './build.mjs';
import { readJsonLines } from './replay/json-lines.mjs';
import {
  assertWritable,
  toBackend,
  toInputFile,
  toMaxErrorRate,
  toNumber,
} from './replay/options.mjs';
import { comparePairs, launchChromium, openReplayPage, servePages } from './replay/page.mjs';
import { createProgress } from './replay/progress.mjs';
import { loadLengths } from './score-pairs/lengths.mjs';
import { toReport } from './score-pairs/report.mjs';
import { parsePairRow, toScoredRow } from './score-pairs/rows.mjs';
import { toTable } from './score-pairs/table.mjs';
import { runMain, setup } from './setup.mjs';

const MAX_ROWS = 100_000;
const MAX_WORKERS = 16;
/** Nobody waits for an answer: a machine that is busy must not look like a worker that hangs. */
const HANG_MS = 600_000;

const usage = `npm run score-pairs -- FILE.jsonl[.xz] [options]

Each line is {"q1": "...", "q2": "...", "label": 0 or 1, "src": "..."}: 1 when one response answers
both; without label or src where they are not known. At most ${MAX_ROWS.toLocaleString('en-US')} rows.

  --out FILE            write each row, in order, with all its fields and with "similarity" (null
                        where there is none), "verifier" (0 to 1, null where it did not run),
                        "guards" ([{"guard", "veto"}]), "length", "lengthGap", "risk" (0 to 1, lower
                        is safer), "served", and "detail" where skimp could not tell
  --limit N             only the first N rows
  --max-error-rate X    the optimizer's maxErrorRate (default: the library's)
  --backend NAME        wasm, webgpu (a software adapter) or auto (default)
  --workers N           optimizers that work at once, each with its own worker (default 1)
  --by FIELD            figures by the values of this field, too; may be repeated (src always)
  --json FILE           write all figures
  --build               build the page first, even if it is built

Pairs of the same text are exact repeats, which need no model: they are counted and left out of all
other figures. A verifier's null ranks last and is never served.`;

/** @typedef {import('./score-pairs/rows.mjs').PairRow} PairRow */
/** @typedef {import('./score-pairs/rows.mjs').ScoredRow} ScoredRow */

/**
 * @param {object} options
 * @param {string} options.chromiumPath
 * @param {readonly PairRow[]} options.rows
 * @param {{ backend: 'auto' | 'webgpu' | 'wasm', maxErrorRate: number }} options.settings
 * @param {number} options.workers
 * @param {(rows: readonly ScoredRow[]) => void} options.onScored told of the rows in their order
 */
export async function scorePairs({ chromiumPath, rows, settings, workers, onScored }) {
  const toLengths = await loadLengths();
  const served = await servePages();
  const browser = await launchChromium({ chromiumPath, webgpu: settings.backend === 'webgpu' });
  try {
    const { url } = served;
    const local = { upstream: /** @type {const} */ ('local'), hangMs: HANG_MS, ...settings };
    const pages = await Promise.all(
      Array.from({ length: workers }, () => openReplayPage({ browser, url, settings: local })),
    );
    let done = 0;
    for await (const comparisons of comparePairs(pages, rows)) {
      const scored = comparisons.flatMap((comparison, index) => {
        const row = rows[done + index];
        return row === undefined ? [] : [toScoredRow(row, comparison, toLengths(row.q1, row.q2))];
      });
      done += scored.length;
      onScored(scored);
    }
    const status = (await pages[0]?.summary())?.status;
    return { status, pageErrors: pages.flatMap(({ pageErrors }) => pageErrors) };
  } finally {
    await browser.close();
    await served.close();
  }
}

function parseOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      limit: { type: 'string', default: String(MAX_ROWS) },
      'max-error-rate': { type: 'string' },
      backend: { type: 'string', default: 'auto' },
      workers: { type: 'string', default: '1' },
      by: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      build: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || positionals.length === 0) return undefined;
  const file = toInputFile(positionals);
  for (const path of [values.out, values.json]) assertWritable(path, file);
  return {
    ...values,
    file,
    limit: Math.floor(toNumber('limit', values.limit, { min: 1, max: MAX_ROWS })),
    workers: Math.floor(toNumber('workers', values.workers, { min: 1, max: MAX_WORKERS })),
    backend: toBackend(values.backend),
    fields: [...new Set(['src', ...values.by])],
  };
}

/**
 * Takes scored rows: keeps them, appends them to the file, tells the progress.
 *
 * @param {string | undefined} path
 * @param {number} total
 */
function createSink(path, total) {
  const file = path === undefined ? undefined : openSync(path, 'w');
  const onProgress = createProgress(total);
  /** @type {ScoredRow[]} */
  const rows = [];
  return {
    rows,
    /** @param {readonly ScoredRow[]} scored */
    take(scored) {
      rows.push(...scored);
      if (file !== undefined) {
        appendFileSync(file, scored.map((row) => `${JSON.stringify(row)}\n`).join(''));
      }
      onProgress(rows.length);
    },
    close() {
      if (file !== undefined) closeSync(file);
    },
  };
}

/** @param {NonNullable<ReturnType<typeof parseOptions>>} options @param {string} chromiumPath */
async function run(options, chromiumPath) {
  const { file, limit, workers, backend, fields } = options;
  const maxErrorRate = await toMaxErrorRate(options['max-error-rate']);
  const { rows, ...reading } = await readJsonLines(file, {
    parse: parsePairRow,
    limit,
    onBadLine: ({ line, problem }) => console.error(`line ${line}: ${problem}; skipped`),
  });
  if (rows.length === 0) throw new Error(`${basename(file)} has no pair to score`);
  await ensureDemo(options.build);
  const startedAt = performance.now();
  const sink = createSink(options.out, rows.length);
  const { status, pageErrors } = await scorePairs({
    chromiumPath,
    rows,
    settings: { backend, maxErrorRate },
    workers,
    onScored: sink.take,
  }).finally(sink.close);
  for (const error of pageErrors) console.error(`page: ${error}`);
  return {
    file: basename(file),
    ...reading,
    ...toReport(sink.rows, fields),
    backend: status?.backend,
    dtype: status?.dtype,
    model: status?.model,
    reason: status?.reason ?? '',
    maxErrorRate,
    maxRisk: status?.threshold?.maxRisk,
    pageErrors: pageErrors.length,
    seconds: (performance.now() - startedAt) / 1000,
  };
}

async function main() {
  const options = parseOptions();
  if (options === undefined) {
    console.log(usage);
    return;
  }
  const { chromiumPath } = await setup();
  const report = await run(options, chromiumPath);
  console.log(`${report.file}\n${toTable(report)}`);
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  }
}

await runMain(import.meta.url, main);
