import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assertManifest } from './manifest.js';

type Fields = Record<string, unknown>;

const shipped = new URL(
  '../../../public/models/skimp-same-response/manifest.json',
  import.meta.url,
);
const readShipped = () => JSON.parse(readFileSync(shipped, 'utf8')) as Fields; // an object, as its first test shows

test('the shipped manifest is accepted', () => {
  expect(() => assertManifest(readShipped())).not.toThrow();
});

test('a weight of every guard is known', () => {
  const weights = { similarity: 9, 'guard:numbers': -2, 'guard:negation': -1.5 };
  expect(() => assertManifest(change(readShipped(), 'calibration', { weights }))).not.toThrow();
});

test.each<[string, (manifest: Fields) => unknown]>([
  ['no object', () => 'manifest'],
  ['the schema before this one', (manifest) => ({ ...manifest, schema: 1 })],
  ['another pooling', (manifest) => ({ ...manifest, pooling: 'cls' })],
  ['no dims', (manifest) => ({ ...manifest, dims: 0 })],
  ['no WASM variant', (manifest) => ({ ...manifest, variants: {} })],
  ['a tokenizer that is not listed', (manifest) => ({ ...manifest, tokenizer: ['a', 'b'] })],
  ['a file elsewhere', (manifest) => withFile(manifest, 'https://evil.example/x.onnx')],
  ['a file above the folder', (manifest) => withFile(manifest, '../secret.bin')],
  ['no verifier', ({ verifier: _verifier, ...manifest }) => manifest],
  ['a verifier without WASM variant', (manifest) => change(manifest, 'verifier', { variants: {} })],
  ['a verifier that reads nothing', (manifest) => change(manifest, 'verifier', { maxTokens: 0 })],
  ['no calibration', ({ calibration: _calibration, ...manifest }) => manifest],
  ["another embedder's calibration", (manifest) => calibrate(manifest, { modelSha256: 'f' })],
  ["another verifier's calibration", (manifest) => calibrate(manifest, { verifierSha256: 'f' })],
  ['models that are swapped', swapDigests],
  ['no bias', (manifest) => calibrate(manifest, { bias: undefined })],
  ['an infinite bias', (manifest) => calibrate(manifest, { bias: Infinity })],
  ['no weights', (manifest) => calibrate(manifest, { weights: undefined })],
  ['an unknown weight', (manifest) => calibrate(manifest, { weights: { cosine: 1 } })],
  ["an unknown guard's weight", (manifest) => calibrate(manifest, { weights: { 'guard:x': 1 } })],
  ['a weight that is text', (manifest) => calibrate(manifest, { weights: { length: '1' } })],
  ['a risk above one', (manifest) => calibrate(manifest, { maxRiskByErrorRate: { '0.01': 1.5 } })],
  ['a rate that is none', (manifest) => calibrate(manifest, { maxRiskByErrorRate: { low: 0.1 } })],
])('%s is refused', (_what, spoil) => {
  expect(() => assertManifest(spoil(readShipped()))).toThrow(
    expect.objectContaining({ code: 'model-load-failed' }),
  );
});

function withFile(manifest: Fields, path: string) {
  return change(manifest, 'files', { [path]: { sha256: '0'.repeat(64), bytes: 1 } });
}

const calibrate = (manifest: Fields, fields: Fields) => change(manifest, 'calibration', fields);

function swapDigests(manifest: Fields) {
  const { modelSha256, verifierSha256 } = manifest['calibration'] as Fields; // of the shipped one
  return calibrate(manifest, { modelSha256: verifierSha256, verifierSha256: modelSha256 });
}

function change(manifest: Fields, field: string, fields: Fields): Fields {
  return { ...manifest, [field]: { ...(manifest[field] as object), ...fields } };
}
