import { expect, test } from 'vitest';
import compressorManifest from '../../public/models/skimp-compressor/manifest.json?raw';
import cacheManifest from '../../public/models/skimp-same-response/manifest.json?raw';
import { toDownloadBytes } from './model-size.js';

test("the cache's download is embedder, verifier and tokenizer, each file once", () => {
  const manifest = {
    files: {
      'a.onnx': { bytes: 100 },
      'v.onnx': { bytes: 20 },
      'a_fp16.onnx': { bytes: 7 },
      'tokenizer.json': { bytes: 3 },
    },
    variants: { wasm: { graph: 'a.onnx', externalData: [] } },
    verifier: { variants: { wasm: { graph: 'v.onnx', externalData: ['a.onnx'] } } },
    tokenizer: ['tokenizer.json'],
  };
  expect(toDownloadBytes(manifest)).toBe(123);
});

test('files of another folder count only when asked for', () => {
  const manifest = {
    files: { 'c.onnx': { bytes: 11 } },
    shared: { folder: '../cache/', files: { 'a.onnx': { bytes: 100 } } },
    variants: { wasm: { graph: 'c.onnx', externalData: [{ name: 'a', path: 'shared:a.onnx' }] } },
  };
  expect(toDownloadBytes(manifest)).toBe(11);
  expect(toDownloadBytes(manifest, { withShared: true })).toBe(111);
});

test.each([undefined, null, 7, {}, { variants: { wasm: { graph: 'x' } }, files: {} }])(
  'what is no manifest (%j) has no size',
  (manifest) => {
    expect(toDownloadBytes(manifest)).toBeUndefined();
  },
);

test('the shipped models: some 35 MB and 11 MB', () => {
  expect(toDownloadBytes(JSON.parse(cacheManifest))).toBeGreaterThan(30e6);
  expect(toDownloadBytes(JSON.parse(compressorManifest))).toBeLessThan(15e6);
});
