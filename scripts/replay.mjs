#!/usr/bin/env node
/** `npm run replay -- FILE`: real prompts through the built page in headless Chromium. */
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDemo } from './build.mjs';
import { toBackend, toInputFile, toMaxErrorRate, toNumber } from './replay/options.mjs';
import { launchChromium, replayRows, servePages } from './replay/page.mjs';
import { createProgress } from './replay/progress.mjs';
import { toReport } from './replay/report.mjs';
import { MAX_ROWS, readRows } from './replay/rows.mjs';
import { toTable } from './replay/table.mjs';
import { runMain, setup } from './setup.mjs';

const usage = `npm run replay -- FILE.jsonl[.xz] [options]

Each line is {"prompt": "...", "cluster": "..."}: prompts of one cluster have one answer. A field
"run" gives each run a fresh cache. At most ${MAX_ROWS.toLocaleString('en-US')} rows.

  --limit N             only the first N rows
  --max-error-rate X    the optimizer's maxErrorRate (default: the library's)
  --deadline MS         the optimizer's deadlineMs (default 300)
  --backend NAME        wasm, webgpu (a software adapter) or auto (default)
  --json FILE           write all figures
  --build               build the page first, even if it is built

The best threshold is found in hindsight, over the prompts as they were stored. Prompts that got a
semantic hit are not stored: --max-error-rate 0 leaves none out.`;

/** @typedef {import('./replay/rows.mjs').Row} Row */
/** @typedef {{ backend: 'auto' | 'webgpu' | 'wasm', maxErrorRate: number, deadlineMs: number }} Settings */

/**
 * @param {object} options
 * @param {string} options.chromiumPath
 * @param {readonly Row[]} options.rows
 * @param {Settings} options.settings
 */
export async function replay({ chromiumPath, rows, settings }) {
  const pages = await servePages();
  const webgpu = settings.backend === 'webgpu';
  const browser = await launchChromium({ chromiumPath, webgpu });
  const startedAt = performance.now();
  try {
    const onProgress = createProgress(rows.length);
    const { url } = pages;
    const local = { upstream: /** @type {const} */ ('local'), ...settings };
    const result = await replayRows({ browser, url, rows, settings: local, onProgress });
    const { outcomes, summary, maxBytes, pageErrors } = result;
    const { backend, dtype, model, storage, reason, threshold } = summary.status;
    const report = {
      ...toReport(rows, outcomes),
      backend,
      dtype,
      model,
      storage,
      reason,
      maxErrorRate: settings.maxErrorRate,
      maxRisk: threshold?.maxRisk,
      longTasks: summary.longTasks,
      bytesStored: maxBytes,
      evictions: summary.stats.evictions,
      pageErrors: pageErrors.length,
      seconds: (performance.now() - startedAt) / 1000,
    };
    return { report, pageErrors };
  } finally {
    await browser.close();
    await pages.close();
  }
}

function parseOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      limit: { type: 'string', default: String(MAX_ROWS) },
      'max-error-rate': { type: 'string' },
      deadline: { type: 'string', default: '300' },
      backend: { type: 'string', default: 'auto' },
      json: { type: 'string' },
      build: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || positionals.length === 0) return undefined;
  const file = toInputFile(positionals);
  const { json, build, 'max-error-rate': maxErrorRate } = values;
  const limit = Math.floor(toNumber('limit', values.limit, { min: 1, max: MAX_ROWS }));
  const settings = {
    backend: toBackend(values.backend),
    deadlineMs: toNumber('deadline', values.deadline, { min: 1, max: 600_000 }),
  };
  return { file, limit, json, build, settings, maxErrorRate };
}

async function main() {
  const options = parseOptions();
  if (options === undefined) {
    console.log(usage);
    return;
  }
  const { chromiumPath } = await setup();
  const { file, limit } = options;
  const settings = {
    ...options.settings,
    maxErrorRate: await toMaxErrorRate(options.maxErrorRate),
  };
  const { rows, ...reading } = await readRows(file, {
    limit,
    onBadLine: ({ line, problem }) => console.error(`line ${line}: ${problem}; skipped`),
  });
  if (rows.length === 0) throw new Error(`${basename(file)} has no row to replay`);
  await ensureDemo(options.build);
  const { report, pageErrors } = await replay({ chromiumPath, rows, settings });
  for (const error of pageErrors) console.error(`page: ${error}`);
  const full = { file: basename(file), ...reading, ...report };
  console.log(`${full.file}\n${toTable(full)}`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(full, null, 2)}\n`);
}

await runMain(import.meta.url, main);
