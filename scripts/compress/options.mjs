/** Reads and checks what `npm run compress` is given. */
import { parseArgs } from 'node:util';
import { assertWritable, toBackend, toInputFile, toNumber } from '../replay/options.mjs';
import { isTask, tasks } from './rows.mjs';

/** @typedef {import('./rows.mjs').Ask} Ask */
/** @typedef {import('./rows.mjs').Task} Task */

/** @typedef {{ readonly text: string, readonly question?: string }} SingleText `-`: on stdin */

/**
 * Either `file` or `single` is set.
 *
 * @typedef {object} Options
 * @property {string} [file]
 * @property {SingleText} [single]
 * @property {readonly [Ask, ...Ask[]]} asks one output row for each
 * @property {number} minTokens
 * @property {'estimate' | 'exact'} counter
 * @property {Task} task of rows that name none
 * @property {boolean} hideQuestion
 * @property {boolean} shift
 * @property {number} limit rows to read at most
 * @property {'auto' | 'wasm' | 'webgpu'} backend
 * @property {string} [model] folder
 * @property {string} [out]
 * @property {string} [json]
 * @property {boolean} build
 */

const counts = { min: 1, max: Number.MAX_SAFE_INTEGER };

export const usage = `npm run compress -- FILE.jsonl[.xz] --keep R --out OUT.jsonl [options]
npm run compress -- --text TEXT [--question TEXT] --keep R

Each line is {"text": "...", "question": "...", "task": "...", "answer": "..."}; all but text may be
missing. The file is read row by row, and may be of any size. A malformed line is told and skipped.

  --keep R           share of the tokens to keep, above 0 and up to 1; may be given several times:
                     one output row for each, with the row's own fields, "keep", "compressed",
                     "kept" ([[start, end], ...] in UTF-16 code units of text), "originalTokens",
                     "keptTokens", "milliseconds", and "skipped" (why it is unchanged) where it is
  --max-tokens N     tokens to keep at most, in place of --keep
  --min-tokens N     shorter texts are left as they are (default 1)
  --counter NAME     estimate (default) or exact (o200k_base)
  --task NAME        of rows that name none: ${tasks.join(', ')} (default qa)
  --hide-question    the compressor is not told the questions
  --shift            each text also with 50 words before it: which decisions change, to as many
                     tokens in all, and to as many of the text itself
  --limit N          only the first N rows
  --model FOLDER     another compressor (default: the shipped one, public/models/skimp-compressor)
  --backend NAME     wasm (default: the int8 model), webgpu (a software adapter) or auto
  --out FILE         the rows
  --json FILE        the figures
  --text TEXT        one text, printed on stdout; - reads it on stdin
  --question TEXT    what it is to answer
  --build            build the page first, even if it is built`;

const optionTypes = /** @type {const} */ ({
  keep: { type: 'string', multiple: true },
  'max-tokens': { type: 'string' },
  'min-tokens': { type: 'string', default: '1' },
  counter: { type: 'string', default: 'estimate' },
  task: { type: 'string', default: 'qa' },
  'hide-question': { type: 'boolean', default: false },
  shift: { type: 'boolean', default: false },
  limit: { type: 'string', default: String(Number.MAX_SAFE_INTEGER) },
  model: { type: 'string' },
  backend: { type: 'string', default: 'wasm' },
  out: { type: 'string' },
  json: { type: 'string' },
  text: { type: 'string' },
  question: { type: 'string' },
  build: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
});

/**
 * @param {string[]} args
 * @returns {Options | undefined} undefined when the usage is asked for
 * @throws for what is no option, or out of its range
 */
export function parseOptions(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: optionTypes,
  });
  const { text, question, out, json, model } = values;
  if (values.help || (positionals.length === 0 && text === undefined)) return undefined;
  const asks = toAsks(values.keep ?? [], values['max-tokens']);
  const source =
    text === undefined
      ? toFiles(positionals, { question, out, json })
      : toSingle({ text, question }, { files: [...positionals, out, json], asks });
  return {
    ...source,
    asks,
    minTokens: Math.floor(toNumber('min-tokens', values['min-tokens'], { ...counts, min: 0 })),
    counter: toCounter(values.counter),
    task: toTask(values.task),
    hideQuestion: values['hide-question'],
    shift: values.shift,
    limit: Math.floor(toNumber('limit', values.limit, counts)),
    backend: toBackend(values.backend),
    ...(model === undefined ? {} : { model }),
    build: values.build,
  };
}

/** @typedef {string | undefined} Given an option's text */

/**
 * @param {readonly string[]} positionals
 * @param {{ question: Given, out: Given, json: Given }} given
 */
function toFiles(positionals, { question, out, json }) {
  if (question !== undefined) throw new Error('--question goes with --text: rows have their own');
  const file = toInputFile(positionals);
  for (const path of [out, json]) assertWritable(path, file);
  if (out?.endsWith('.xz')) throw new Error('--out is written as plain JSON lines, not as .xz');
  if (out !== undefined && out === json) throw new Error('--out and --json name one file');
  return { file, ...(out === undefined ? {} : { out }), ...(json === undefined ? {} : { json }) };
}

/**
 * @param {{ text: string, question: Given }} single
 * @param {{ files: readonly Given[], asks: readonly Ask[] }} rest
 */
function toSingle({ text, question }, { files, asks }) {
  if (files.some((file) => file !== undefined)) throw new Error('--text goes without files');
  if (asks.length > 1) throw new Error('--text goes with one --keep');
  return { single: { text, ...(question === undefined ? {} : { question }) } };
}

/**
 * @param {readonly string[]} ratios
 * @param {Given} maxTokens
 * @returns {[Ask, ...Ask[]]}
 */
function toAsks(ratios, maxTokens) {
  if (maxTokens !== undefined && ratios.length > 0) throw new Error('--keep or --max-tokens');
  if (maxTokens !== undefined) {
    return [{ maxTokens: Math.floor(toNumber('max-tokens', maxTokens, counts)) }];
  }
  const [first, ...others] = [...new Set(ratios.map(toRatio))].map((keep) => ({ keep }));
  if (first === undefined) throw new Error('how much? Give --keep R or --max-tokens N');
  return [first, ...others];
}

/** @param {string} text */
function toRatio(text) {
  const ratio = Number(text);
  if (text !== '' && ratio > 0 && ratio <= 1) return ratio;
  throw new Error(`--keep is a number above 0 and up to 1, not ${text}`);
}

/** @param {string} text @returns {'estimate' | 'exact'} */
function toCounter(text) {
  if (text === 'estimate' || text === 'exact') return text;
  throw new Error(`--counter is estimate or exact, not ${text}`);
}

/** @param {string} text @returns {Task} */
function toTask(text) {
  if (isTask(text)) return text;
  throw new Error(`--task is ${tasks.join(', ')}, not ${text}`);
}
