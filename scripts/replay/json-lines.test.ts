import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { countLines, openJsonLines, readJsonLines } from './json-lines.mjs';
import type { BadLine } from './json-lines.mjs';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function write(name: string, bytes: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'skimp-lines-'));
  folders.push(folder);
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

const parse = ({ n }: Record<string, unknown>) => (typeof n === 'number' ? n : 'no number');

test('a malformed line is named by its number and what is wrong, and skipped', async () => {
  const file = write('a.jsonl', '{"n":1}\r\n\nnot json\n{"n":2}\n{}\n[]\nnull\n');
  const bad: BadLine[] = [];
  const options = { parse, limit: 9, onBadLine: (line: BadLine) => bad.push(line) };
  expect(await readJsonLines(file, options)).toEqual({ rows: [1, 2], badLines: 4, isCut: false });
  expect(bad).toEqual([
    { line: 3, problem: 'not JSON' },
    { line: 5, problem: 'no number' },
    { line: 6, problem: 'not an object' },
    { line: 7, problem: 'not an object' },
  ]);
});

test('a limit cuts the file, and says so', async () => {
  const file = write('a.jsonl', '{"n":1}\n'.repeat(3));
  expect(await readJsonLines(file, { parse, limit: 2 })).toMatchObject({
    rows: [1, 1],
    isCut: true,
  });
  expect(await readJsonLines(file, { parse, limit: 3 })).toMatchObject({
    rows: [1, 1, 1],
    isCut: false,
  });
});

test('an xz file is read as it is', async () => {
  const file = write('a.jsonl.xz', Buffer.from(XZ, 'base64'));
  const toPrompt = ({ prompt }: Record<string, unknown>) => ({ prompt });
  const { rows } = await readJsonLines(file, { parse: toPrompt, limit: 9 });
  expect(rows).toEqual([{ prompt: 'a' }, { prompt: 'b' }]);
});

test('an xz file that is broken is an error', async () => {
  const file = write('a.jsonl.xz', 'no xz');
  await expect(readJsonLines(file, { parse, limit: 9 })).rejects.toThrow(/^get_next_output failed/);
});

test('a file is read as far as its rows are taken', async () => {
  const lines = ['{"n":1}', 'no', '{"n":2}', 'no', '{"n":3}'].join('\n');
  const { rows, reading } = openJsonLines(write('a.jsonl', lines), { parse, limit: 9 });
  expect(await rows.next()).toEqual({ done: false, value: 1 });
  expect(reading()).toEqual({ badLines: 0, isCut: false });
  expect(await rows.next()).toEqual({ done: false, value: 2 });
  expect(reading()).toEqual({ badLines: 1, isCut: false });
  await rows.return();
  expect(await rows.next()).toEqual({ done: true, value: undefined });
});

test('lines are counted without those that are blank, up to a maximum', async () => {
  const file = write('a.jsonl', '{"n":1}\n\nnot json\n  \n{"n":2}');
  expect(await countLines(file, 9)).toBe(3);
  expect(await countLines(file, 2)).toBe(2);
  expect(await countLines(write('a.jsonl.xz', Buffer.from(XZ, 'base64')), 1)).toBe(1);
});

// `printf '{"prompt":"a","cluster":"1"}\n{"prompt":"b","cluster":"1"}\n' | xz`
const XZ =
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AA5ACVdAD2Iigdj/CYmUFdTKlaOu4m0GC+YvVw0qTWh2mJU7KUfmiJygAAAAAAAL8+vNGJSBBwAAUE63RLoDx+2830BAAAAAARZWg==';
