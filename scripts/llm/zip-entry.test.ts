import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { readZipEntry } from './zip-entry.mjs';

/** Written by Python's zipfile: an empty file, a deflated one, a stored one, and a comment. */
const archive = Buffer.from(
  'UEsDBBQAAAAAAAAAIVwAAAAAAAAAAAAAAAAQAAAAcGFjay9fX2luaXRfXy5weVBLAwQUAAAACAAAACFciMlSSw4AAACwBAAAEAAAAHBhY2svd2VpZ2h0cy5iaW5LTEpOHEWjaBSNoqGAAFBLAwQUAAAIAAAAACFcC/lDVgYAAAAGAAAADgAAAHBhY2svbsOkbWUudHh0c3RvcmVkUEsBAhQDFAAAAAAAAAAhXAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAIABAAAAAHBhY2svX19pbml0X18ucHlQSwECFAMUAAAACAAAACFciMlSSw4AAACwBAAAEAAAAAAAAAAAAAAAgAEuAAAAcGFjay93ZWlnaHRzLmJpblBLAQIUAxQAAAgAAAAAIVwL+UNWBgAAAAYAAAAOAAAAAAAAAAAAAACAAWoAAABwYWNrL27DpG1lLnR4dFBLBQYAAAAAAwADALgAAACcAAAACQBhIGNvbW1lbnQ=',
  'base64',
);

test('a deflated, a stored and an empty file come out as they went in', () => {
  expect(readZipEntry(archive, 'pack/weights.bin').toString()).toBe('abc'.repeat(400));
  expect(readZipEntry(archive, 'pack/näme.txt').toString()).toBe('stored');
  expect(readZipEntry(archive, 'pack/__init__.py')).toHaveLength(0);
});

test('a file that is not there, and a file that is no archive, are told apart', () => {
  expect(() => readZipEntry(archive, 'weights.bin')).toThrow('holds no weights.bin');
  expect(() => readZipEntry(Buffer.from('<html>'), 'x')).toThrow('no zip archive');
  expect(() => readZipEntry(Buffer.alloc(0), 'x')).toThrow('no zip archive');
});

test('damage is told', () => {
  const damaged = Buffer.from(archive);
  damaged.writeUInt32LE(0, 46); // the mark of the second file
  expect(() => readZipEntry(damaged, 'pack/weights.bin')).toThrow('is damaged');
});
