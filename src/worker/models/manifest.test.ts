import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assertManifest } from './manifest.js';

const shipped = new URL('../../../public/models/all-MiniLM-L6-v2/manifest.json', import.meta.url);
const readShipped = () => JSON.parse(readFileSync(shipped, 'utf8')) as Record<string, unknown>; // an object, as its first test shows

test('the shipped manifest is accepted', () => {
  expect(() => assertManifest(readShipped())).not.toThrow();
});

test.each<[string, (manifest: Record<string, unknown>) => unknown]>([
  ['no object', () => 'manifest'],
  ['another schema', (manifest) => ({ ...manifest, schema: 2 })],
  ['another pooling', (manifest) => ({ ...manifest, pooling: 'cls' })],
  ['no dims', (manifest) => ({ ...manifest, dims: 0 })],
  ['no WASM variant', (manifest) => ({ ...manifest, variants: {} })],
  ['a tokenizer that is not listed', (manifest) => ({ ...manifest, tokenizer: ['a', 'b'] })],
  ['a file elsewhere', (manifest) => withFile(manifest, 'https://evil.example/x.onnx')],
  ['a file above the folder', (manifest) => withFile(manifest, '../secret.bin')],
  ["another model's calibration", (manifest) => withCalibration(manifest, { modelSha256: 'f' })],
  ['a lambda of zero', (manifest) => withCalibration(manifest, { lambda: 0 })],
  [
    'a risk above one',
    (manifest) => withCalibration(manifest, { maxRiskByErrorRate: { '0.01': 1.5 } }),
  ],
])('%s is refused', (_what, change) => {
  expect(() => assertManifest(change(readShipped()))).toThrow(
    expect.objectContaining({ code: 'model-load-failed' }),
  );
});

function withFile(manifest: Record<string, unknown>, path: string) {
  return { ...manifest, files: { ...(manifest['files'] as object), [path]: file } };
}

const file = { sha256: '0'.repeat(64), bytes: 1 };

function withCalibration(manifest: Record<string, unknown>, change: object) {
  return { ...manifest, calibration: { ...(manifest['calibration'] as object), ...change } };
}
