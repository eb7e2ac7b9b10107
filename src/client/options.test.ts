import { expect, test } from 'vitest';
import { resolveOptions } from './options.js';
import type { OptimizerOptions } from './options.js';

const page = 'https://app.example/chat/';
const refused = (message: RegExp) =>
  expect.objectContaining({ code: 'invalid-option', message: expect.stringMatching(message) });

test('a scope is all that is needed', () => {
  expect(resolveOptions({ scope: 'anna' }, page)).toMatchObject({
    settings: {
      scope: 'anna',
      mode: 'serve',
      modelUrl: 'https://app.example/models/skimp-same-response/',
      compressorUrl: 'https://app.example/models/skimp-compressor/',
      backend: 'auto',
      maxErrorRate: 0.01,
      maxBytes: 64 * 1024 * 1024,
      tokenCounter: 'estimate',
      prices: {},
    },
    deadlineMs: 300,
  });
});

test('a model folder is made absolute and gets its slash', () => {
  const { settings } = resolveOptions({ scope: 'a', modelUrl: 'my-model' }, page);
  expect(settings.modelUrl).toBe('https://app.example/chat/my-model/');
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ['no scope', {}, /scope must be/],
  ['an empty scope', { scope: '' }, /scope must be/],
  ['an unknown key', { scope: 'a', treshold: 1 }, /unknown option treshold/],
  ['an inherited name', { scope: 'a', toString: 1 }, /unknown option toString/],
  ['an error rate above 1', { scope: 'a', maxErrorRate: 5 }, /maxErrorRate must be .* got 5/],
  ['an error rate that is no number', { scope: 'a', maxErrorRate: Number.NaN }, /maxErrorRate/],
  ['a deadline of zero', { scope: 'a', deadlineMs: 0 }, /deadlineMs/],
  ['an endless life', { scope: 'a', ttlMs: Infinity }, /ttlMs/],
  ['a tiny store', { scope: 'a', maxBytes: 10 }, /maxBytes/],
  ['another backend', { scope: 'a', backend: 'webnn' }, /backend must be .* got 'webnn'/],
  ['another mode', { scope: 'a', mode: 'dry' }, /'serve' or 'shadow', got 'dry'/],
  ['another counter', { scope: 'a', tokenCounter: 'tiktoken' }, /'estimate' or 'exact', got/],
  ['prices that are a list', { scope: 'a', prices: [] }, /prices must be/],
  ['half a price', { scope: 'a', prices: { m: { inputPerMillion: 1 } } }, /prices must be/],
  [
    'a price below nothing',
    { scope: 'a', prices: { m: { inputPerMillion: -1, outputPerMillion: 1 } } },
    /prices must be/,
  ],
  ['a compressor URL that is none', { scope: 'a', compressorUrl: 'https://' }, /compressorUrl is/],
  ['a worker that is none', { scope: 'a', worker: {} }, /worker must be a function/],
  ['a model URL that is none', { scope: 'a', modelUrl: 'https://' }, /modelUrl is not a URL/],
])('%s is refused by name', (_what, options, message) => {
  expect(() => resolveOptions(options as OptimizerOptions, page)).toThrow(refused(message)); // as an app without types would
});

test('nothing at all is refused too', () => {
  const options = undefined as unknown as OptimizerOptions; // as an app without types would
  expect(() => resolveOptions(options, page)).toThrow(refused(/needs an object/));
});

test('an option that is undefined has its default', () => {
  const options = { scope: 'a', ttlMs: undefined } as unknown as OptimizerOptions; // exactOptionalPropertyTypes forbids it
  expect(resolveOptions(options, page).settings.ttlMs).toBe(604_800_000);
});
