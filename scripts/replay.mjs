#!/usr/bin/env node
/** `npm run replay -- FILE`: real prompts through the built page in headless Chromium. */
import { existsSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDemo } from './build.mjs';
import { launchChromium, replayRows, servePages } from './replay/page.mjs';
import { toPairs, toReport } from './replay/report.mjs';
import { MAX_ROWS, readRows } from './replay/rows.mjs';
import { toTable } from './replay/table.mjs';
import { runMain, setup } from './setup.mjs';

const usage = `npm run replay -- FILE.jsonl[.xz] [options]

Each line is {"prompt": "...", "cluster": "..."}: prompts of one cluster have one answer. A field
"run" gives each run a fresh cache. At most ${MAX_ROWS.toLocaleString('en-US')} rows.

  --limit N             only the first N rows
  --max-error-rate X    the optimizer's maxErrorRate (default 0.01)
  --deadline MS         the optimizer's deadlineMs (default 300)
  --backend NAME        wasm, webgpu (a software adapter) or auto (default)
  --json FILE           write all figures
  --pairs FILE          write {"similarity", "label", "guard"} of each prompt that is no repeat
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
    const { backend, dtype, model, storage } = summary.status;
    const report = {
      ...toReport(rows, outcomes),
      backend,
      dtype,
      model,
      storage,
      maxErrorRate: settings.maxErrorRate,
      longTasks: summary.longTasks,
      bytesStored: maxBytes,
      evictions: summary.stats.evictions,
      pageErrors: pageErrors.length,
      seconds: (performance.now() - startedAt) / 1000,
    };
    return { report, pairs: toPairs(rows, outcomes), pageErrors };
  } finally {
    await browser.close();
    await pages.close();
  }
}

/** @param {number} total @returns {(done: number) => void} */
function createProgress(total) {
  const startedAt = performance.now();
  let lastAt = startedAt;
  return (done) => {
    const now = performance.now();
    // A terminal's line is overwritten; a log gets one every ten seconds.
    if (!process.stderr.isTTY && now - lastAt < 10_000) return;
    lastAt = now;
    const text = `${done} of ${total} rows, ${Math.round((done * 1000) / (now - startedAt))} a second`;
    process.stderr.write(process.stderr.isTTY ? `\r${text} ` : `${text}\n`);
    if (process.stderr.isTTY && done === total) process.stderr.write('\n');
  };
}

function parseOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      limit: { type: 'string', default: String(MAX_ROWS) },
      'max-error-rate': { type: 'string', default: '0.01' },
      deadline: { type: 'string', default: '300' },
      backend: { type: 'string', default: 'auto' },
      json: { type: 'string' },
      pairs: { type: 'string' },
      build: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  if (values.help || file === undefined) return undefined;
  if (positionals.length > 1) throw new Error('one file at a time');
  if (!existsSync(file)) throw new Error(`no such file: ${file}`);
  const { json, pairs, build } = values;
  const limit = Math.floor(toNumber('limit', values.limit, { min: 1, max: MAX_ROWS }));
  /** @type {Settings} */
  const settings = {
    backend: toBackend(values.backend),
    maxErrorRate: toNumber('max-error-rate', values['max-error-rate'], { min: 0, max: 1 }),
    deadlineMs: toNumber('deadline', values.deadline, { min: 1, max: 600_000 }),
  };
  return { file, limit, json, pairs, build, settings };
}

/** @param {string} option @param {string} text @param {{ min: number, max: number }} range */
function toNumber(option, text, { min, max }) {
  const value = Number(text);
  if (text !== '' && value >= min && value <= max) return value;
  throw new Error(`--${option} is a number from ${min} to ${max}, not ${text}`);
}

/** @param {string} text */
function toBackend(text) {
  if (text === 'auto' || text === 'wasm' || text === 'webgpu') return text;
  throw new Error(`--backend is wasm, webgpu or auto, not ${text}`);
}

async function main() {
  const options = parseOptions();
  if (options === undefined) {
    console.log(usage);
    return;
  }
  const { chromiumPath } = await setup();
  const { file, limit, settings } = options;
  const { rows, ...reading } = await readRows(file, {
    limit,
    onBadLine: ({ line, problem }) => console.error(`line ${line}: ${problem}; skipped`),
  });
  if (rows.length === 0) throw new Error(`${basename(file)} has no row to replay`);
  await ensureDemo(options.build);
  const { report, pairs, pageErrors } = await replay({ chromiumPath, rows, settings });
  for (const error of pageErrors) console.error(`page: ${error}`);
  const full = { file: basename(file), ...reading, ...report };
  console.log(`${full.file}\n${toTable(full)}`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(full, null, 2)}\n`);
  if (options.pairs !== undefined) {
    writeFileSync(options.pairs, pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(''));
  }
}

await runMain(import.meta.url, main);
