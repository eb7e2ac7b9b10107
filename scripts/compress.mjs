#!/usr/bin/env node
/** `npm run compress -- FILE`: texts that lose words, by the worker's own code in headless Chromium. */
import { appendFileSync, closeSync, openSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { ensureDemo } from './build.mjs';
import { serveModelFolder } from './compress/model-folder.mjs';
import { parseOptions, usage } from './compress/options.mjs';
import { openCompressPage } from './compress/page.mjs';
import { loadProtectedSpans } from './compress/protected-spans.mjs';
import { createReport } from './compress/report.mjs';
import { isJoined, parseTextRow, toCompressedRow, toRequest } from './compress/rows.mjs';
import { addLead, shiftText } from './compress/shift.mjs';
import { toTable } from './compress/table.mjs';
import { countLines, openJsonLines } from './replay/json-lines.mjs';
import { launchChromium, servePages } from './replay/page.mjs';
import { createProgress } from './replay/progress.mjs';
import { runMain, setup } from './setup.mjs';

/** Nobody waits for an answer: a machine that is busy must not look like a worker that hangs. */
const HANG_MS = 600_000;

/** @typedef {import('./compress/options.mjs').Options} Options */
/** @typedef {Awaited<ReturnType<typeof openCompressPage>>} CompressPage */

/**
 * @template T
 * @param {{ chromiumPath: string, options: Options, onWindow: (done: number, total: number) => void }} world
 * @param {(page: CompressPage) => Promise<T>} use
 */
async function withPage({ chromiumPath, options, onWindow }, use) {
  const { model, backend } = options;
  const folder = model === undefined ? undefined : serveModelFolder(model);
  await ensureDemo(options.build);
  const served = await servePages(undefined, folder === undefined ? [] : [folder.plugin]);
  const browser = await launchChromium({ chromiumPath, webgpu: backend === 'webgpu' });
  try {
    const compressor = folder === undefined ? {} : { compressorUrl: folder.url };
    const settings = { backend, hangMs: HANG_MS, ...compressor };
    return await use(await openCompressPage({ browser, url: served.url, settings, onWindow }));
  } finally {
    await browser.close();
    await served.close();
  }
}

/**
 * Compresses each row as often as is asked for.
 *
 * @param {Options & { file: string }} options
 * @param {object} tools
 * @param {CompressPage} tools.page
 * @param {(done: number) => void} tools.onProgress told of the lines that are done with
 */
async function compressRows(options, { page, onProgress }) {
  const { file, asks, limit, out } = options;
  const findProtectedSpans = await loadProtectedSpans();
  const report = createReport(asks);
  const lines = openJsonLines(file, {
    parse: parseTextRow,
    limit,
    onBadLine: ({ line, problem }) => console.error(`line ${line}: ${problem}; skipped`),
  });
  const output = out === undefined ? undefined : openSync(out, 'w');
  let rows = 0;
  try {
    for await (const row of lines.rows) {
      const spans = findProtectedSpans(row.text);
      for (const ask of asks) {
        const outcome = await page.compress(toRequest(row, ask, options));
        const compressed = toCompressedRow(row, ask, outcome);
        report.add(ask, compressed, { spans, isJoined: isJoined(row.text, outcome) });
        if (options.shift && compressed.skipped === undefined) {
          const lead = { ...row, text: shiftText(row.text) };
          const compress = (/** @type {number} */ maxTokens) =>
            page.compress(toRequest(lead, { maxTokens }, options));
          // As many tokens as before: with a share, the lead would bring the text some of its own.
          const shifted = await compress(compressed.keptTokens);
          const own = await compress(addLead(compressed, shifted.kept));
          report.addShifted(ask, compressed, { shifted: shifted.kept, own: own.kept });
        }
        // One by one: what was done before a failure is not lost.
        if (output !== undefined) appendFileSync(output, `${JSON.stringify(compressed)}\n`);
      }
      rows += 1;
      onProgress(rows + lines.reading().badLines);
    }
  } finally {
    if (output !== undefined) closeSync(output);
  }
  onProgress(rows + lines.reading().badLines);
  if (rows === 0) throw new Error(`${basename(file)} has no row to compress`);
  return { rows, ...lines.reading(), asks: report.figures() };
}

/** @param {Options & { file: string }} options @param {string} chromiumPath */
async function runFile(options, chromiumPath) {
  const { file, limit, counter, minTokens, hideQuestion } = options;
  // What is no file, a pipe, can be read once only.
  const total = statSync(file).isFile() ? await countLines(file, limit) : undefined;
  const progress = createProgress(total);
  let done = 0;
  const onWindow = (/** @type {number} */ window, /** @type {number} */ windows) => {
    if (windows > 1) progress(done, `window ${window} of ${windows}`);
  };
  const onProgress = (/** @type {number} */ lines) => {
    if (lines === done) return;
    done = lines;
    progress(lines);
  };
  return withPage({ chromiumPath, options, onWindow }, async (page) => {
    const startedAt = performance.now();
    const counted = await compressRows(options, { page, onProgress });
    const { status, longTasks } = await page.summary();
    for (const error of page.pageErrors) console.error(`page: ${error}`);
    return {
      file: basename(file),
      ...counted,
      compressor: status.compressor,
      counter,
      minTokens,
      hideQuestion,
      longTasks,
      pageErrors: page.pageErrors.length,
      seconds: (performance.now() - startedAt) / 1000,
    };
  });
}

/** @param {Options} options @param {string} chromiumPath */
async function runSingle(options, chromiumPath) {
  const { single = { text: '' }, asks } = options;
  const text = single.text === '-' ? await readAll(process.stdin) : single.text;
  const progress = createProgress();
  const onWindow = (/** @type {number} */ window, /** @type {number} */ windows) => {
    if (windows > 1) progress(0, `window ${window} of ${windows}`);
  };
  const row = { ...single, text };
  const request = toRequest(row, asks[0], options);
  const outcome = await withPage({ chromiumPath, options, onWindow }, (page) =>
    page.compress(request),
  );
  const { compressed, ...counts } = toCompressedRow(row, asks[0], outcome);
  const { originalTokens, keptTokens, milliseconds, skipped, detail = '' } = counts;
  process.stdout.write(compressed.endsWith('\n') ? compressed : `${compressed}\n`);
  const why = skipped === undefined ? '' : `; left as it is: ${skipped} ${detail}`;
  console.error(
    `${keptTokens} of ${originalTokens} tokens (${options.counter}), ${Math.round(milliseconds)} ms${why}`,
  );
}

async function main() {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(usage);
    return;
  }
  const { chromiumPath } = await setup();
  const { file, json } = options;
  if (file === undefined) {
    await runSingle(options, chromiumPath);
    return;
  }
  const report = await runFile({ ...options, file }, chromiumPath);
  console.log(`${report.file}\n${toTable(report)}`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
}

await runMain(import.meta.url, main);
