#!/usr/bin/env node
/**
 * `npm start`: installs what is missing, builds the demo, sends a sample of 80 prompts through it,
 * tells what skimp saved, and serves the demo. `-- --once` ends after the table; `-- --llm` serves a
 * language model on this computer, too, fetched on first use.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDemo } from './build.mjs';
import { localModelPlugins } from './llm/local-model-plugins.mjs';
import { launchChromium, replayRows, servePages } from './replay/page.mjs';
import { toReport } from './replay/report.mjs';
import { readRows } from './replay/rows.mjs';
import { number } from './replay/table.mjs';
import { root, runMain, setup } from './setup.mjs';

/** Time to the first byte of the FAQ's answers: a quick model's. In milliseconds. */
const LATENCY_MS = 250;
/** The demo's error budget. */
const MAX_ERROR_RATE = 0.05;
/** The demo's default prices, in US dollars for a million tokens. */
const PRICES = { input: 2.5, output: 10 };

/** @param {{ chromiumPath: string, url: string }} options @returns {Promise<string>} the table */
async function replaySample({ chromiumPath, url }) {
  const { rows } = await readRows(join(root, 'src/demo/sample.jsonl'));
  const browser = await launchChromium({ chromiumPath });
  try {
    const settings = {
      upstream: /** @type {const} */ ('faq'),
      latencyMs: LATENCY_MS,
      maxErrorRate: MAX_ERROR_RATE,
    };
    const { outcomes, summary } = await replayRows({ browser, url, rows, settings });
    return toTable(toReport(rows, outcomes), summary);
  } finally {
    await browser.close();
  }
}

/**
 * @param {ReturnType<typeof toReport>} report
 * @param {import('./replay/page.mjs').ReplaySummary} summary
 */
function toTable(report, { stats, status }) {
  const { exact, semantic } = report.hits;
  const { prompt, completion } = stats.savedTokens;
  const money = (prompt * PRICES.input + completion * PRICES.output) / 1_000_000;
  const errors = Object.values(report.errors).reduce((sum, count) => sum + count, 0);
  const lines = [
    ['prompts', `${report.rows}, of them ${report.all.possibleHits} answered before`],
    ['exact hits', `${exact.served}`],
    ['semantic hits', `${semantic.served}`],
    ['wrong hits', `${exact.wrong + semantic.wrong}`],
    ['error budget', `${MAX_ERROR_RATE * 100} % of the semantic hits may be wrong`],
    ['errors', `${errors}`],
    ['tokens saved', `${number(prompt)} in, ${number(completion)} out`],
    [
      'money saved',
      `$${money.toFixed(5)} at $${PRICES.input} and $${PRICES.output} a million tokens`,
    ],
    ['time saved', `${number(stats.savedMs)} ms, with an upstream that takes ${LATENCY_MS} ms`],
    ['lookup p50', latencies(report)],
    ['back end', `${status.backend} ${status.dtype}: ${status.reason}`],
  ];
  return lines.map(([name = '', text]) => `  ${name.padEnd(14)}${text}`).join('\n');
}

/** @param {ReturnType<typeof toReport>} report */
function latencies({ latencyMs: { exact, semantic, miss } }) {
  const of = (/** @type {number | null} */ ms) => (ms === null ? 'none' : `${number(ms, 1)} ms`);
  return `exact ${of(exact.p50)}, semantic ${of(semantic.p50)}, miss ${of(miss.p50)}`;
}

async function main() {
  const { values } = parseArgs({
    options: {
      once: { type: 'boolean', default: false },
      llm: { type: 'boolean', default: false },
      port: { type: 'string', default: '4173' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`--port is a number from 1 to 65535, not ${values.port}`);
  }
  const { chromiumPath } = await setup();
  await ensureDemo();
  const pages = await servePages(port, await localModelPlugins(values.llm));
  console.log(
    'start: 80 prompts through the page, against the built-in FAQ (not a language model)',
  );
  console.log(await replaySample({ chromiumPath, url: pages.url }));
  if (values.once) {
    await pages.close();
    return;
  }
  console.log(`\nThe demo is at ${pages.url} (Ctrl-C ends it).`);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => process.exit(0));
  }
}

await runMain(import.meta.url, main);
