import { expect, test } from 'vitest';
import { toFileUrl } from './fetch-wheel.mjs';

const pin = { project: 'some-model', file: 'some_model-1.0-py3-none-any.whl', sha256: 'ab' };
const page = 'https://index.example/simple/some-model/';

function listing(part: object): object {
  return {
    files: [{ filename: 'x.whl' }, { filename: pin.file, hashes: { sha256: 'ab' }, ...part }],
  };
}

test("the wheel's address is taken from the index's listing, absolute or not", () => {
  const absolute = 'https://files.example/w.whl';
  expect(toFileUrl(listing({ url: absolute }), pin, page)).toBe(absolute);
  expect(toFileUrl(listing({ url: '../../f/w.whl' }), pin, page)).toBe(
    'https://index.example/f/w.whl',
  );
});

test('an index without the wheel, with another one, or without sense is told', () => {
  expect(() => toFileUrl({ files: [] }, pin, page)).toThrow('has no some_model');
  expect(() => toFileUrl(null, pin, page)).toThrow('has no some_model');
  const other = listing({ url: 'w.whl', hashes: { sha256: 'cd' } });
  expect(() => toFileUrl(other, pin, page)).toThrow('has another some_model');
});
