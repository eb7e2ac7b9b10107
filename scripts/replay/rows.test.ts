import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { parseRow, readRows } from './rows.mjs';

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

test.each([
  [{ cluster: '1' }, 'no prompt, or not a text'],
  [{ prompt: 1, cluster: '1' }, 'no prompt, or not a text'],
  [{ prompt: 'a' }, 'no cluster, or neither a text nor a number'],
  [{ prompt: 'a', cluster: '1', run: {} }, 'run is neither a text nor a number'],
])('%j: %s', (value, problem) => {
  expect(parseRow(value)).toBe(problem);
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
