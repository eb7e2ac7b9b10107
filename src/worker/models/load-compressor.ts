import { toSkimpError } from '../../shared/errors.js';
import type { Backend, CompressorStatus } from '../../shared/status.js';
import type { CompressorManifest, SelectionWeights } from './compressor-manifest.js';
import { chooseBackend } from './gpu.js';
import type { BackendChoice } from './gpu.js';
import type { ModelFiles } from './model-files.js';
import { variantPaths } from './model-variant.js';
import { openSession } from './session.js';
import { createTokenClassifier } from './token-classifier.js';
import type { TokenClassifier } from './token-classifier.js';
import { createTokenizer } from './tokenizer.js';
import type { Tokenizer } from './tokenizer.js';

/** What proves that a session runs. */
const PROBE = 'what is the capital city of the country?';

/** The compressor's model, running on one back end. Call one inference at a time. */
export type LoadedCompressor = {
  readonly classifier: TokenClassifier;
  readonly tokenizer: Tokenizer;
  /** Longest window in tokens, special tokens and the question counted. */
  readonly maxTokens: number;
  readonly selection: SelectionWeights;
  readonly model: string;
  readonly backend: Backend;
  readonly dtype: string;
  /** Why this back end. */
  readonly reason: string;
};

export type CompressorLoaderOptions = {
  readonly files: ModelFiles<CompressorManifest>;
  readonly backend: 'auto' | 'webgpu' | 'wasm';
  /** `navigator.gpu`, where there is one. */
  readonly gpu: unknown;
  readonly runtimeUrl: string | undefined;
  readonly onState: (state: CompressorStatus) => void;
  /** Runs what uses ONNX Runtime in its turn; files are fetched outside of it. */
  readonly runInTurn: <T>(task: () => Promise<T>) => Promise<T>;
};

/**
 * Loads and starts the compressor's model; where WebGPU was chosen and fails, on WASM.
 *
 * @throws {@link SkimpError} `model-load-failed`.
 */
export async function loadCompressor(options: CompressorLoaderOptions): Promise<LoadedCompressor> {
  const manifest = await options.files.readManifest();
  const choice = await chooseBackend(options.backend, options.gpu);
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
  manifest: CompressorManifest,
  choice: BackendChoice,
  { files, runtimeUrl, onState, runInTurn }: CompressorLoaderOptions,
): Promise<LoadedCompressor> {
  const { variants, tokenizer: tokenizerPaths, maxTokens, selection, id: model } = manifest;
  // A folder that lacks the variant runs on WASM, which every manifest has.
  const name = variants[choice.variant] === undefined ? 'wasm' : choice.variant;
  const variant = variants[name] ?? variants.wasm;
  const { reason } = choice;
  onState({ state: 'downloading', reason, model });
  const paths = [...new Set([...tokenizerPaths, ...variantPaths(variant)])];
  const bytes = await files.read(manifest, paths, (loadedBytes, totalBytes) =>
    onState({ state: 'downloading', reason, model, progress: { loadedBytes, totalBytes } }),
  );
  const read = (path: string) => bytes.get(path) ?? new Uint8Array();
  const tokenizer = createTokenizer(read(tokenizerPaths[0]), read(tokenizerPaths[1]));
  const classifier = await runInTurn(async () => {
    const session = await openSession({
      name,
      variant,
      files: bytes,
      output: 'logits',
      runtimeUrl,
    });
    const opened = createTokenClassifier(session);
    try {
      await opened.classify(tokenizer.encode(PROBE));
    } catch (error) {
      session.close();
      throw error;
    }
    return opened;
  });
  const backend = name === 'wasm' ? 'wasm' : 'webgpu';
  return {
    classifier,
    tokenizer,
    maxTokens,
    selection,
    model,
    backend,
    dtype: variant.dtype,
    reason,
  };
}
