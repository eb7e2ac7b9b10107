import type { CompressorStatus, OptimizerStatus } from '../shared/status.js';
import { formatBytes, formatPercent } from './format.js';
import type { ModelName } from './model-size.js';
import type { SkimpState } from './skimp-host.js';

/** What the page shows of one model. */
export type ModelState = Partial<Omit<CompressorStatus, 'state' | 'code'>> & {
  readonly state: 'starting' | CompressorStatus['state'];
};

/** The state of one of the two models, in the words of both. */
export function toModelState({ status }: SkimpState, model: ModelName): ModelState {
  if (status === undefined) return { state: 'starting' };
  if (model === 'compressor') return status.compressor ?? { state: 'downloadable' };
  const { semantic, ...rest } = status;
  const isStarting = semantic === 'downloadable' && status.model === undefined;
  return { ...rest, state: isStarting ? 'starting' : semantic };
}

/** One or two words for people. */
export function toStateText({ state, progress }: ModelState): string {
  switch (state) {
    case 'starting':
      return 'Starting';
    case 'downloadable':
      return 'Not loaded';
    case 'downloading':
      return progress === undefined ? 'Loading' : `Loading, ${toShareText(progress)}`;
    case 'available':
      return 'Ready';
    case 'unavailable':
      return 'Unavailable';
  }
}

/** `WebGPU, fp16`; `undefined` before it is known. */
export function toBackendText({ backend, dtype }: ModelState): string | undefined {
  if (backend === undefined) return undefined;
  const name = backend === 'webgpu' ? 'WebGPU' : 'WASM';
  return dtype === undefined ? name : `${name}, ${dtype}`;
}

/** `12.4 MB of 34.8 MB` while it loads, its size before and after. */
export function toSizeText({ progress }: ModelState, size: number | undefined): string | undefined {
  if (progress !== undefined) {
    return `${formatBytes(progress.loadedBytes)} of ${formatBytes(progress.totalBytes)}`;
  }
  return size === undefined ? undefined : formatBytes(size);
}

function toShareText({ loadedBytes, totalBytes }: NonNullable<OptimizerStatus['progress']>) {
  return formatPercent(totalBytes === 0 ? 0 : Math.floor((loadedBytes / totalBytes) * 100) / 100);
}
