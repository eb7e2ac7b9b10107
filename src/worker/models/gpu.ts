import type { VariantName } from './manifest-checks.js';

/** The variant of the model to run, and why. */
export type BackendChoice = { readonly variant: VariantName; readonly reason: string };

// The parts of WebGPU that are asked for: the WebWorker library of TypeScript need not have them.
type Adapter = {
  readonly info?: { readonly isFallbackAdapter?: boolean };
  readonly isFallbackAdapter?: boolean;
  readonly features: ReadonlySet<string>;
};
type Gpu = { requestAdapter(): Promise<Adapter | null> };

/**
 * WebGPU where there is a real adapter, WASM otherwise. A software adapter is some 100 times slower
 * than WASM, so it must be asked for.
 *
 * @param wanted - `webgpu` accepts a software adapter too.
 * @param gpu - `navigator.gpu`, where there is one.
 */
export async function chooseBackend(
  wanted: 'auto' | 'webgpu' | 'wasm',
  gpu: unknown,
): Promise<BackendChoice> {
  const wasm = (reason: string): BackendChoice => ({ variant: 'wasm', reason });
  if (wanted === 'wasm') return wasm('WASM: asked for, or the worker had to be restarted twice');
  if (!isGpu(gpu)) return wasm('WASM: this browser has no WebGPU');
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (adapter === null) return wasm('WASM: WebGPU has no adapter here');
  const isFallback = adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false;
  if (isFallback && wanted === 'auto') return wasm('WASM: the WebGPU adapter is a software one');
  const kind = isFallback ? 'a software adapter, as asked' : 'a GPU adapter';
  return adapter.features.has('shader-f16')
    ? { variant: 'webgpu-fp16', reason: `WebGPU: ${kind} with shader-f16` }
    : { variant: 'webgpu-fp32', reason: `WebGPU: ${kind} without shader-f16` };
}

function isGpu(value: unknown): value is Gpu {
  return typeof value === 'object' && value !== null && 'requestAdapter' in value;
}
