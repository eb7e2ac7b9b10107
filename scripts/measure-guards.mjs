#!/usr/bin/env node
/** `npm run measure-guards -- FILES`: how often each guard speaks on labelled pairs, and how right it is. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { toReport, toTable } from './guards/guard-report.mjs';
import { readPairs } from './guards/pair-rows.mjs';
import { root, runMain, setup } from './setup.mjs';

const usage = `npm run measure-guards -- FILE.jsonl[.xz] ... [options]

Each line is {"q1": "...", "q2": "...", "label": 0 or 1, "src": "..."}: 1 when one response answers
both prompts. Prints Markdown: by rule, by source and rule, by length and rule. Precision is the
share of label 0 among the pairs where a rule speaks; a veto on a label 1 is a positive lost.

  --limit N         only the first N pairs of each file
  --json FILE       write all counts
  --findings FILE   write {"q1", "q2", "label", "src", "findings"} of each pair where a rule speaks`;

/** @typedef {{ words: readonly unknown[] }} PromptWords */
/** @typedef {import('./guards/guard-report.mjs').Checked['findings']} Findings */

/** The guards as the worker has them. */
async function loadGuards() {
  const { runnerImport } = await import('vite');
  const load = async (/** @type {string} */ name) => {
    const file = join(root, 'src/worker/cache/guards', name);
    return (await runnerImport(file, { configFile: false, root })).module;
  };
  const { guards, findGuards } =
    /** @type {{ guards: { name: string }[], findGuards: (a: PromptWords, b: PromptWords) => Findings }} */ (
      await load('check-guards.ts')
    );
  const { parsePromptWords } = /** @type {{ parsePromptWords: (text: string) => PromptWords }} */ (
    await load('prompt-words.ts')
  );
  return { names: guards.map(({ name }) => name), findGuards, parsePromptWords };
}

/** @typedef {Awaited<ReturnType<typeof loadGuards>>} Guards */

/**
 * @param {Guards} guards
 * @param {import('./guards/pair-rows.mjs').Pair} pair
 * @returns {import('./guards/guard-report.mjs').Checked}
 */
function check({ findGuards, parsePromptWords }, pair) {
  const [a, b] = [parsePromptWords(pair.q1), parsePromptWords(pair.q2)];
  const words = Math.max(a.words.length, b.words.length);
  return { pair, words, findings: findGuards(a, b) };
}

function parseOptions() {
  const { values, positionals: files } = parseArgs({
    allowPositionals: true,
    options: {
      limit: { type: 'string' },
      json: { type: 'string' },
      findings: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || files.length === 0) return undefined;
  const limit = values.limit === undefined ? Infinity : Number(values.limit);
  if (!(limit >= 1)) throw new Error(`--limit is a number from 1 on, not ${values.limit}`);
  return { ...values, files, limit };
}

/** @param {string} file @param {readonly import('./guards/guard-report.mjs').Checked[]} checked */
function writeFindings(file, checked) {
  const lines = checked.flatMap(({ pair: { source, ...pair }, findings }) =>
    findings.length === 0 ? [] : [`${JSON.stringify({ ...pair, src: source, findings })}\n`],
  );
  writeFileSync(file, lines.join(''));
}

async function main() {
  const options = parseOptions();
  if (options === undefined) {
    console.log(usage);
    return;
  }
  await setup({ needsChromium: false });
  const guards = await loadGuards();
  const pairs = [];
  for (const file of options.files) pairs.push(...(await readPairs(file)).slice(0, options.limit));
  const startedAt = performance.now();
  const checked = pairs.map((pair) => check(guards, pair));
  const usPerPair = ((performance.now() - startedAt) * 1000) / Math.max(1, pairs.length);
  const report = toReport(checked, guards.names);
  console.log(`${pairs.length} pairs, ${usPerPair.toFixed(0)} µs each with parsing\n`);
  console.log(
    [toTable(report.all, true), toTable(report.bySource), toTable(report.byLength)].join('\n\n'),
  );
  if (options.json !== undefined)
    writeFileSync(
      options.json,
      `${JSON.stringify({ pairs: pairs.length, usPerPair, ...report }, null, 2)}\n`,
    );
  if (options.findings !== undefined) writeFindings(options.findings, checked);
}

await runMain(import.meta.url, main);
