import { expect, test } from 'vitest';
import { chooseBackend } from './gpu.js';

function createGpu(adapter: object | null) {
  return { requestAdapter: async () => adapter };
}
const real = { info: { isFallbackAdapter: false }, features: new Set(['shader-f16']) };
const software = { info: { isFallbackAdapter: true }, features: new Set<string>() };

test.each([
  ['auto', createGpu(real), 'webgpu-fp16'],
  ['auto', createGpu({ ...real, features: new Set() }), 'webgpu-fp32'],
  ['auto', createGpu(software), 'wasm'],
  ['webgpu', createGpu(software), 'webgpu-fp32'],
  ['auto', createGpu({ isFallbackAdapter: true, features: new Set() }), 'wasm'],
  ['auto', createGpu(null), 'wasm'],
  ['webgpu', createGpu(null), 'wasm'],
  ['auto', undefined, 'wasm'],
  ['wasm', createGpu(real), 'wasm'],
] as const)('asked for %s with %o: %s', async (wanted, gpu, variant) => {
  expect((await chooseBackend(wanted, gpu)).variant).toBe(variant);
});

test('an adapter that cannot be asked for means WASM, and the reason says so', async () => {
  const gpu = { requestAdapter: () => Promise.reject(new Error('lost')) };
  expect(await chooseBackend('auto', gpu)).toEqual({
    variant: 'wasm',
    reason: 'WASM: WebGPU has no adapter here',
  });
});
