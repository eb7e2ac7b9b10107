import { toSkimpError } from '../../shared/errors.js';
import type { Backend, OptimizerStatus } from '../../shared/status.js';
import { createEmbedder } from './embedder.js';
import type { Embedder } from './embedder.js';
import { chooseBackend } from './gpu.js';
import type { BackendChoice } from './gpu.js';
import { letOthersIn } from './let-others-in.js';
import type { ModelVariant, VariantName } from './manifest-checks.js';
import type { Calibration, ModelManifest } from './manifest.js';
import type { ModelFiles } from './model-files.js';
import { variantPaths } from './model-variant.js';
import { openSession } from './session.js';
import type { ModelSession } from './session.js';
import { createTokenizer } from './tokenizer.js';
import { createVerifier } from './verifier.js';
import type { Verifier } from './verifier.js';

/** The first inferences are several times slower until the engine has optimised the wasm code. */
const WARM_UP_TEXTS = ['a', 'is it on the way', 'what is the capital city of the country?'];
/** Pairs of some 16 and 40 tokens, as prompts are. */
const WARM_UP_PAIRS = [
  ['is it on the way to us', 'is it on the way today'],
  [
    'what is the capital city of the country that lies to the north of this one?',
    'which city is the capital of the country that lies to the north of this one?',
  ],
] as const;

/** What loading has come to. */
export type LoadState = Pick<OptimizerStatus, 'semantic' | 'reason' | 'model' | 'progress'>;

/** The models of one folder, running on one back end. Call one inference at a time. */
export type LoadedModels = {
  readonly embedder: Embedder;
  /** Absent: similarity and guards must do. */
  readonly verifier?: Verifier;
  readonly calibration: Omit<Calibration, 'modelSha256' | 'verifierSha256'>;
  readonly model: string;
  /** Where they run; absent where skimp cannot tell. */
  readonly backend?: Backend;
  /** Number format of the weights, likewise. */
  readonly dtype?: string;
  /** Why this back end, or what runs. */
  readonly reason: string;
};

export type LoaderOptions = {
  readonly files: ModelFiles<ModelManifest>;
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
  const variants = variantsOf(manifest, choice.variant);
  const isCached = await files.areCached(manifest, pathsOf(manifest, variants));
  return { manifest, choice: { ...choice, variant: variants.name }, isCached };
}

/**
 * Loads and starts both models; where WebGPU was chosen and fails for either, both on WASM.
 *
 * @throws {@link SkimpError} `model-load-failed`.
 */
export async function loadModels(
  { manifest, choice }: LoadPlan,
  options: LoaderOptions,
): Promise<Required<LoadedModels>> {
  try {
    return await loadVariants(manifest, choice, options);
  } catch (error) {
    if (choice.variant === 'wasm') throw error;
    const { message } = toSkimpError(error, 'model-load-failed');
    const reason = `WASM: WebGPU failed (${message})`;
    return loadVariants(manifest, { variant: 'wasm', reason }, options);
  }
}

async function loadVariants(
  manifest: ModelManifest,
  { variant, reason }: BackendChoice,
  options: LoaderOptions,
): Promise<Required<LoadedModels>> {
  const variants = variantsOf(manifest, variant);
  const { sessions, ...models } = await openModels({ manifest, variants, reason }, options);
  try {
    await warmUp(models);
  } catch (error) {
    for (const session of sessions) session.close();
    throw error;
  }
  return {
    ...models,
    calibration: manifest.calibration,
    model: manifest.id,
    backend: variants.name === 'wasm' ? 'wasm' : 'webgpu',
    dtype: variants.embedder.dtype,
    reason,
  };
}

type Opening = {
  readonly manifest: ModelManifest;
  readonly variants: Variants;
  readonly reason: string;
};

type OpenModels = Pick<Required<LoadedModels>, 'embedder' | 'verifier'> & {
  readonly sessions: readonly ModelSession[];
};

/** Reads the files and makes the sessions, one after the other. The files' bytes end with it. */
async function openModels(
  { manifest, variants, reason }: Opening,
  { files, runtimeUrl, onState }: LoaderOptions,
): Promise<OpenModels> {
  const model = manifest.id;
  const bytes = await files.read(manifest, pathsOf(manifest, variants), (loadedBytes, totalBytes) =>
    onState({ semantic: 'downloading', reason, model, progress: { loadedBytes, totalBytes } }),
  );
  const read = (path: string) => bytes.get(path) ?? new Uint8Array();
  const tokenizer = createTokenizer(read(manifest.tokenizer[0]), read(manifest.tokenizer[1]));
  const shared = { name: variants.name, files: bytes, runtimeUrl };
  const embedding = await openSession({
    ...shared,
    variant: variants.embedder,
    output: 'last_hidden_state',
  });
  await letOthersIn();
  const verifying = await openSession({
    ...shared,
    variant: variants.verifier,
    output: 'logits',
  }).catch((error: unknown) => {
    embedding.close();
    throw error;
  });
  return {
    embedder: createEmbedder({
      session: embedding,
      tokenizer,
      fingerprint: toFingerprint(manifest, variants.embedder),
      dims: manifest.dims,
      maxTokens: manifest.maxTokens,
    }),
    verifier: createVerifier({
      session: verifying,
      tokenizer,
      maxTokens: manifest.verifier.maxTokens,
    }),
    sessions: [embedding, verifying],
  };
}

async function warmUp({
  embedder,
  verifier,
}: Pick<OpenModels, 'embedder' | 'verifier'>): Promise<void> {
  for (const text of WARM_UP_TEXTS) {
    await letOthersIn();
    await embedder.embed(text);
  }
  for (const [a, b] of WARM_UP_PAIRS) {
    await letOthersIn();
    await verifier.verify(a, b);
  }
}

/** Vectors of other weights, or of another number format, do not compare. */
function toFingerprint(manifest: ModelManifest, variant: ModelVariant): string {
  const digests = variantPaths(variant).map((path) => manifest.files[path]?.sha256.slice(0, 16));
  return [manifest.id, ...digests].join(':');
}

/** What is run of each model. */
type Variants = {
  readonly name: VariantName;
  readonly embedder: ModelVariant;
  readonly verifier: ModelVariant;
};

/** A folder where either model lacks the variant runs on WASM, which every manifest has. */
function variantsOf({ variants, verifier }: ModelManifest, wanted: VariantName): Variants {
  const [forEmbedder, forVerifier] = [variants[wanted], verifier.variants[wanted]];
  return forEmbedder === undefined || forVerifier === undefined
    ? { name: 'wasm', embedder: variants.wasm, verifier: verifier.variants.wasm }
    : { name: wanted, embedder: forEmbedder, verifier: forVerifier };
}

/** Each path once: the two models share weights. */
function pathsOf(manifest: ModelManifest, { embedder, verifier }: Variants): readonly string[] {
  const paths = [embedder, verifier].flatMap(variantPaths);
  return [...new Set([...manifest.tokenizer, ...paths])];
}
