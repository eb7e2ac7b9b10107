import { toSkimpError } from '../../shared/errors.js';
import type { Backend, OptimizerStatus } from '../../shared/status.js';
import { createEmbedder } from './embedder.js';
import type { Embedder } from './embedder.js';
import { chooseBackend } from './gpu.js';
import type { BackendChoice } from './gpu.js';
import type { Calibration, ModelManifest, ModelVariant, VariantName } from './manifest.js';
import type { ModelFiles } from './model-files.js';
import { openSession } from './session.js';
import { createTokenizer } from './tokenizer.js';

/** The first inferences are several times slower until the engine has optimised the wasm code. */
const WARM_UP_TEXTS = ['a', 'is it on the way', 'what is the capital city of the country?'];

/** What loading has come to. */
export type LoadState = Pick<OptimizerStatus, 'semantic' | 'reason' | 'model' | 'progress'>;

/** A model that runs. */
export type LoadedEmbedder = {
  readonly embedder: Embedder;
  readonly calibration: Calibration;
  readonly model: string;
  readonly backend: Backend;
  readonly dtype: string;
  /** Why this back end. */
  readonly reason: string;
};

export type LoaderOptions = {
  readonly files: ModelFiles;
  readonly backend: 'auto' | 'webgpu' | 'wasm';
  /** `navigator.gpu`, where there is one. */
  readonly gpu: unknown;
  readonly runtimeUrl: string | undefined;
  readonly onState: (state: LoadState) => void;
};

/** What must be fetched, known before it is. */
export type LoadPlan = {
  readonly manifest: ModelManifest;
  readonly choice: BackendChoice;
  readonly isCached: boolean;
};

/** @throws {@link SkimpError} `model-load-failed`. */
export async function planLoading({ files, backend, gpu }: LoaderOptions): Promise<LoadPlan> {
  const manifest = await files.readManifest();
  const choice = await chooseBackend(backend, gpu);
  const { name, variant } = variantOf(manifest, choice.variant);
  const isCached = await files.areCached(manifest, pathsOf(manifest, variant));
  return { manifest, choice: { ...choice, variant: name }, isCached };
}

/**
 * Loads and starts the model; where WebGPU was chosen and fails, on WASM.
 *
 * @throws {@link SkimpError} `model-load-failed`.
 */
export async function loadEmbedder(
  { manifest, choice }: LoadPlan,
  options: LoaderOptions,
): Promise<LoadedEmbedder> {
  try {
    return await loadVariant(manifest, choice, options);
  } catch (error) {
    if (choice.variant === 'wasm') throw error;
    const { message } = toSkimpError(error, 'model-load-failed');
    const reason = `WASM: WebGPU failed (${message})`;
    return loadVariant(manifest, { variant: 'wasm', reason }, options);
  }
}

async function loadVariant(
  manifest: ModelManifest,
  { variant: variantName, reason }: BackendChoice,
  { files, runtimeUrl, onState }: LoaderOptions,
): Promise<LoadedEmbedder> {
  const { name, variant } = variantOf(manifest, variantName);
  const paths = pathsOf(manifest, variant);
  const model = manifest.id;
  const bytes = await files.read(manifest, paths, (loadedBytes, totalBytes) =>
    onState({ semantic: 'downloading', reason, model, progress: { loadedBytes, totalBytes } }),
  );
  const read = (path: string) => bytes.get(path) ?? new Uint8Array();
  const session = await openSession({ name, variant, files: bytes, runtimeUrl });
  const embedder = createEmbedder({
    session,
    tokenizer: createTokenizer(read(manifest.tokenizer[0]), read(manifest.tokenizer[1])),
    // Vectors of other weights, or of another number format, do not compare.
    fingerprint: `${model}:${manifest.files[variant.graph]?.sha256.slice(0, 16) ?? ''}`,
    dims: manifest.dims,
    maxTokens: manifest.maxTokens,
  });
  for (const text of WARM_UP_TEXTS) {
    await embedder.embed(text);
    await letOthersIn();
  }
  return {
    embedder,
    calibration: manifest.calibration,
    model,
    backend: name === 'wasm' ? 'wasm' : 'webgpu',
    dtype: variant.dtype,
    reason,
  };
}

/** Ends this task: exact lookups that wait are answered between two warm-ups. */
function letOthersIn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

/** A model that lacks the variant runs on WASM, which every manifest has. */
function variantOf(
  manifest: ModelManifest,
  wanted: VariantName,
): { readonly name: VariantName; readonly variant: ModelVariant } {
  const variant = manifest.variants[wanted];
  if (variant !== undefined) return { name: wanted, variant };
  const wasm = manifest.variants.wasm;
  if (wasm === undefined)
    throw new TypeError('assertManifest lets no manifest without wasm through');
  return { name: 'wasm', variant: wasm };
}

function pathsOf(manifest: ModelManifest, variant: ModelVariant): readonly string[] {
  return [...manifest.tokenizer, variant.graph, ...variant.externalData];
}
