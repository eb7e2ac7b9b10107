import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assertCompressorManifest } from './compressor-manifest.js';

type Fields = Record<string, unknown>;

const shipped = new URL('../../../public/models/skimp-compressor/manifest.json', import.meta.url);
const readShipped = () => JSON.parse(readFileSync(shipped, 'utf8')) as Fields; // an object, as its first test shows

test('the shipped manifest is accepted', () => {
  expect(() => assertCompressorManifest(readShipped())).not.toThrow();
});

test.each<[string, (manifest: Fields) => unknown]>([
  ['no object', () => 'manifest'],
  ['another schema', (manifest) => ({ ...manifest, schema: 2 })],
  ['no id', (manifest) => ({ ...manifest, id: '' })],
  ['a window without room', (manifest) => ({ ...manifest, maxTokens: 51 })],
  ['no WASM variant', (manifest) => ({ ...manifest, variants: {} })],
  ['a file elsewhere', (manifest) => change(manifest, 'files', file('https://evil.example/x'))],
  ['a file above the folder', (manifest) => change(manifest, 'files', file('../secret.bin'))],
  ['a file that plays the neighbour', (manifest) => change(manifest, 'files', file('shared:x'))],
  [
    'a digest that is none',
    (manifest) => change(manifest, 'files', { x: { sha256: '', bytes: 1 } }),
  ],
  ['a tokenizer that is not listed', (manifest) => ({ ...manifest, tokenizer: ['a', 'b'] })],
  ['a neighbour that is not listed', ({ shared: _shared, ...manifest }) => manifest],
  ['a neighbour above the folder', (manifest) => share(manifest, { folder: '../../' })],
  ['a neighbour elsewhere', (manifest) => share(manifest, { folder: '//evil.example/' })],
  ['a neighbour with two levels', (manifest) => share(manifest, { folder: '../a/../../b/' })],
  ['a neighbour by another name', (manifest) => share(manifest, { folder: '../a%2f..%2f/' })],
  ["a neighbour's file above it", (manifest) => share(manifest, { files: file('../x') })],
  ['weights without a path', (manifest) => weigh(manifest, [{ name: 'x.onnx' }])],
  ['weights with a path for a name', (manifest) => weigh(manifest, [{ ...weights, name: '../x' }])],
  ['weights that are not listed', (manifest) => weigh(manifest, ['shared:none.onnx'])],
  ['no weights', (manifest) => weigh(manifest, undefined)],
  ['no selection', ({ selection: _selection, ...manifest }) => manifest],
  ['a weight that is text', (manifest) => change(manifest, 'selection', { phrase: '1' })],
])('%s is refused', (_what, spoil) => {
  expect(() => assertCompressorManifest(spoil(readShipped()))).toThrow(
    expect.objectContaining({ code: 'model-load-failed' }),
  );
});

const weights = { name: 'model_quantized.onnx', path: 'shared:onnx/model_quantized.onnx' };
const file = (path: string) => ({ [path]: { sha256: '0'.repeat(64), bytes: 1 } });
const share = (manifest: Fields, fields: Fields) => change(manifest, 'shared', fields);

function weigh(manifest: Fields, externalData: unknown): Fields {
  const { wasm } = manifest['variants'] as { wasm: object }; // of the shipped one
  return change(manifest, 'variants', { wasm: { ...wasm, externalData } });
}

function change(manifest: Fields, field: string, fields: Fields): Fields {
  return { ...manifest, [field]: { ...(manifest[field] as object), ...fields } };
}
