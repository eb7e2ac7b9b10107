import { toField } from './to-field.js';

/** A model that the page can load. */
export type ModelName = 'cache' | 'compressor';

/** Where each model's manifest is: the optimizer's defaults. */
export const manifestUrls: Readonly<Record<ModelName, string>> = {
  cache: '/models/skimp-same-response/manifest.json',
  compressor: '/models/skimp-compressor/manifest.json',
};

/**
 * Bytes of the files that a model needs to run on WASM, as its manifest lists them; on WebGPU it is
 * some kilobytes more. Files that it shares with another folder are counted when `withShared`.
 *
 * @param manifest - What `manifest.json` holds: not trusted.
 * @returns `undefined` when it is no such manifest.
 */
export function toDownloadBytes(
  manifest: unknown,
  { withShared = false } = {},
): number | undefined {
  const files = toField(manifest, 'files');
  const shared = toField(toField(manifest, 'shared'), 'files');
  const paths = new Set([
    ...pathsOf(toField(manifest, 'variants')),
    ...pathsOf(toField(toField(manifest, 'verifier'), 'variants')),
    ...textsOf(toField(manifest, 'tokenizer')),
  ]);
  let bytes = 0;
  for (const path of paths) {
    const isShared = path.startsWith(SHARED);
    if (isShared && !withShared) continue;
    const file = isShared ? toField(shared, path.slice(SHARED.length)) : toField(files, path);
    const size = toField(file, 'bytes');
    if (typeof size !== 'number') return undefined;
    bytes += size;
  }
  return bytes > 0 ? bytes : undefined;
}

const SHARED = 'shared:';

/** The files of the variant for WASM: its graph and the weights that lie outside of it. */
function pathsOf(variants: unknown): readonly string[] {
  const wasm = toField(variants, 'wasm');
  const data = toField(wasm, 'externalData');
  const named = Array.isArray(data) ? data.map((one) => toField(one, 'path') ?? one) : [];
  return textsOf([toField(wasm, 'graph'), ...named]);
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
