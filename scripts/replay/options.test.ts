import { expect, test } from 'vitest';
import { toBackend, toMaxErrorRate, toNumber } from './options.mjs';

test('a number in its range is taken, both ends included', () => {
  expect(toNumber('limit', '1', { min: 1, max: 5 })).toBe(1);
  expect(toNumber('limit', '5', { min: 1, max: 5 })).toBe(5);
});

test.each(['', '0', '6', 'many', 'NaN'])('a limit of "%s" is refused by its name', (text) => {
  expect(() => toNumber('limit', text, { min: 1, max: 5 })).toThrow(
    `--limit is a number from 1 to 5, not ${text}`,
  );
});

test('an unknown back end is refused', () => {
  expect(toBackend('webgpu')).toBe('webgpu');
  expect(() => toBackend('cuda')).toThrow('--backend is wasm, webgpu or auto, not cuda');
});

test("the error rate is the library's default unless it is given", async () => {
  expect(await toMaxErrorRate(undefined)).toBe(0.01);
  expect(await toMaxErrorRate('0.05')).toBe(0.05);
  await expect(toMaxErrorRate('2')).rejects.toThrow('--max-error-rate is a number from 0 to 1');
});
