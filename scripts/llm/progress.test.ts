import { Buffer } from 'node:buffer';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { createByteProgress } from './progress.mjs';

const MEBIBYTE = 1024 * 1024;

async function run(isTTY: boolean): Promise<{ lines: string[]; bytes: number }> {
  const lines: string[] = [];
  let bytes = 0;
  const output = { isTTY, write: (text: string) => lines.push(text) };
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done();
    },
  });
  const pieces = Array.from({ length: 8 }, () => Buffer.alloc(MEBIBYTE));
  await pipeline(Readable.from(pieces), createByteProgress('file', 8 * MEBIBYTE, output), sink);
  return { lines, bytes };
}

test('a log gets a line for each quarter, and all bytes pass', async () => {
  const { lines, bytes } = await run(false);
  expect(bytes).toBe(8 * MEBIBYTE);
  expect(lines).toEqual([2, 4, 6, 8].map((done) => `file: ${done}.0 of 8.0 MiB\n`));
});

test('a terminal has one line, written over', async () => {
  const { lines } = await run(true);
  expect(lines.slice(0, -1).every((line) => line.startsWith('\rfile: '))).toBe(true);
  expect(lines.at(-1)).toBe('\n');
});
