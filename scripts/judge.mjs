#!/usr/bin/env node
/** `npm run judge -- OUT.jsonl ...`: how good compressions are; see training/README.md. */
import { resolve } from 'node:path';
import { runPython, setUpPython } from './python.mjs';
import { runMain } from './setup.mjs';

const usage = `npm run judge -- OUT.jsonl... [--json FILE] [--no-retention]

Judges what \`npm run compress\` wrote, by set (\`src\`) and ratio (\`keep\`): (a) how much of the
answer's likelihood a language model keeps, (b) exact match and F1 of a span reader, when
\`npm run train -- compressor --stage reader\` has made it, (c) the share of literal answers that
survive; each with its 95 % interval. Rows without \`answer\` are left out.`;

async function main() {
  const args = process.argv.slice(2);
  if (args.length === 0 || args.includes('--help')) {
    console.log(usage);
    return;
  }
  const problem = setUpPython();
  if (problem !== undefined) throw new Error(problem);
  // Python runs in training/: paths are the caller's.
  const paths = args.map((arg) => (arg.startsWith('--') ? arg : resolve(arg)));
  process.exitCode = runPython(['-m', 'skimp_training.compress', 'judge', ...paths]);
}

await runMain(import.meta.url, main);
