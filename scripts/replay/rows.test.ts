import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { parseRow, readRows } from './rows.mjs';
import type { BadLine } from './rows.mjs';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function write(name: string, bytes: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'skimp-rows-'));
  folders.push(folder);
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

test('a malformed line is named by its number and skipped', async () => {
  const file = write(
    'a.jsonl',
    '{"prompt":"a","cluster":"1"}\n\nnot json\n{"prompt":"b","cluster":2}\n{"prompt":""}\n',
  );
  const bad: BadLine[] = [];
  expect(await readRows(file, { onBadLine: (line) => bad.push(line) })).toEqual({
    rows: [
      { prompt: 'a', cluster: '1' },
      { prompt: 'b', cluster: '2' },
    ],
    badLines: 2,
    isCut: false,
  });
  expect(bad.map(({ line }) => line)).toEqual([3, 5]);
});

test.each([
  ['[]', 'not an object'],
  ['null', 'not an object'],
  ['{"cluster":"1"}', 'no prompt, or not a text'],
  ['{"prompt":1,"cluster":"1"}', 'no prompt, or not a text'],
  ['{"prompt":"a"}', 'no cluster, or neither a text nor a number'],
  ['{"prompt":"a","cluster":"1","run":{}}', 'run is neither a text nor a number'],
])('%s: %s', (text, problem) => {
  expect(parseRow(text)).toBe(problem);
});

test('rows of one run are brought together, in their order', async () => {
  const lines = [
    ['a', 2],
    ['b', 1],
    ['c', 2],
  ].map(([prompt, run]) => JSON.stringify({ prompt, cluster: 'x', run }));
  const { rows } = await readRows(write('a.jsonl', lines.join('\n')));
  expect(rows.map(({ prompt, run }) => `${prompt}${run}`)).toEqual(['a2', 'c2', 'b1']);
});

test('a limit cuts the file, and says so', async () => {
  const file = write('a.jsonl', '{"prompt":"a","cluster":"1"}\n'.repeat(3));
  expect(await readRows(file, { limit: 2 })).toMatchObject({ rows: [{}, {}], isCut: true });
  expect(await readRows(file, { limit: 3 })).toMatchObject({ rows: [{}, {}, {}], isCut: false });
});

test('an xz file is read as it is', async () => {
  // `printf '{"prompt":"a","cluster":"1"}\n{"prompt":"b","cluster":"1"}\n' | xz`
  const file = write('a.jsonl.xz', Buffer.from(XZ, 'base64'));
  const { rows } = await readRows(file);
  expect(rows.map(({ prompt }) => prompt)).toEqual(['a', 'b']);
});

test('an xz file that is broken is an error', async () => {
  await expect(readRows(write('a.jsonl.xz', 'no xz'))).rejects.toThrow(/^get_next_output failed/);
});

const XZ =
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AA5ACVdAD2Iigdj/CYmUFdTKlaOu4m0GC+YvVw0qTWh2mJU7KUfmiJygAAAAAAAL8+vNGJSBBwAAUE63RLoDx+2830BAAAAAARZWg==';
