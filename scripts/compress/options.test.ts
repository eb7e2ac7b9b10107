import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseOptions } from './options.mjs';

const folder = mkdtempSync(join(tmpdir(), 'skimp-compress-'));
const file = join(folder, 'a.jsonl');
writeFileSync(file, '');
afterAll(() => rmSync(folder, { recursive: true }));

test('a file has its defaults: every text, the int8 model, estimated tokens', () => {
  expect(parseOptions([file, '--keep', '0.5'])).toEqual({
    file,
    asks: [{ keep: 0.5 }],
    minTokens: 1,
    counter: 'estimate',
    task: 'qa',
    hideQuestion: false,
    shift: false,
    limit: Number.MAX_SAFE_INTEGER,
    backend: 'wasm',
    build: false,
  });
});

test('several ratios are asked for one after another, each once', () => {
  const args = [file, '--keep', '0.5', '--keep', '0.33', '--keep', '0.5'];
  expect(parseOptions(args)?.asks).toEqual([{ keep: 0.5 }, { keep: 0.33 }]);
});

test('a number of tokens takes the place of a ratio', () => {
  expect(parseOptions([file, '--max-tokens', '100'])?.asks).toEqual([{ maxTokens: 100 }]);
});

test('a single text has its question, and needs no file', () => {
  const args = ['--text', 'a b', '--question', 'q?', '--keep', '0.5'];
  expect(parseOptions(args)).toMatchObject({ single: { text: 'a b', question: 'q?' } });
});

test('without a file or a text, the usage is asked for', () => {
  expect(parseOptions([])).toBeUndefined();
  expect(parseOptions([file, '--help'])).toBeUndefined();
});

test.each([
  [[file], 'how much? Give --keep R or --max-tokens N'],
  [[file, '--keep', '0'], '--keep is a number above 0 and up to 1, not 0'],
  [[file, '--keep', '1.5'], '--keep is a number above 0 and up to 1, not 1.5'],
  [[file, '--keep', 'half'], '--keep is a number above 0 and up to 1, not half'],
  [[file, '--keep', '1', '--max-tokens', '5'], '--keep or --max-tokens'],
  [[file, '--keep', '1', '--counter', 'words'], '--counter is estimate or exact, not words'],
  [[file, '--keep', '1', '--task', 'poem'], '--task is qa, summary, code, not poem'],
  [[file, '--keep', '1', '--out', file], `${file} is the file that is read`],
  [[file, '--keep', '1', '--out', join(folder, 'b.jsonl.xz')], '--out is written as plain'],
  [[file, '--keep', '1', '--out', 'b', '--json', 'b'], '--out and --json name one file'],
  [[file, '--keep', '1', '--question', 'q?'], '--question goes with --text'],
  [[`${file}x`, '--keep', '1'], `no such file: ${file}x`],
  [['--text', 'a', '--keep', '1', '--out', 'b'], '--text goes without files'],
  [[file, '--text', 'a', '--keep', '1'], '--text goes without files'],
  [['--text', 'a', '--keep', '1', '--keep', '0.5'], '--text goes with one --keep'],
])('%j is refused', (args, problem) => {
  expect(() => parseOptions(args)).toThrow(problem);
});
