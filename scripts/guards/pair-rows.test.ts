import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readPairs, toPair } from './pair-rows.mjs';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function write(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'skimp-pairs-'));
  folders.push(folder);
  writeFileSync(join(folder, 'natural.dev.jsonl'), text);
  return join(folder, 'natural.dev.jsonl');
}

test("a pair without a source is its file's", async () => {
  const file = write('{"q1":"a","q2":"b","label":0}\n\n{"q1":"c","q2":"d","label":1,"src":"x"}\n');
  expect(await readPairs(file)).toEqual([
    { q1: 'a', q2: 'b', label: 0, source: 'natural' },
    { q1: 'c', q2: 'd', label: 1, source: 'x' },
  ]);
});

test('a line that is no pair is named by its number', async () => {
  const file = write('{"q1":"a","q2":"b","label":0}\n{"q1":"a","label":0}\n');
  await expect(readPairs(file)).rejects.toThrow('line 2');
});

test.each([{}, { q1: 'a', q2: 'b', label: 2 }, { q1: 1, q2: 'b', label: 1 }])(
  '%j is no pair',
  (row) => {
    expect(toPair(row, 'x')).toMatch('no labelled pair');
  },
);
