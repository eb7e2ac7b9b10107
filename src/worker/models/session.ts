import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { SkimpError } from '../../shared/errors.js';
import type { ModelVariant, VariantName } from './manifest.js';

/** The part of ONNX Runtime that skimp uses; the same in each of its builds. */
type Runtime = typeof import('onnxruntime-web/wasm');

/** A model that is ready to run. Call one `run` at a time. */
export interface ModelSession {
  /**
   * @param ids - Token ids of one text, special tokens included.
   * @returns `last_hidden_state`, (tokens, dims), row by row.
   */
  run(ids: readonly number[]): Promise<Float32Array>;
}

export type SessionOptions = {
  readonly name: VariantName;
  readonly variant: ModelVariant;
  /** The verified files that `variant` names. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Folder of the runtime's files, where it cannot find them by itself. */
  readonly runtimeUrl: string | undefined;
};

/** @throws {@link SkimpError} `model-load-failed`. */
export async function openSession({
  name,
  variant,
  files,
  runtimeUrl,
}: SessionOptions): Promise<ModelSession> {
  try {
    const runtime = await loadRuntime(name);
    configure(runtime, runtimeUrl);
    const session = await runtime.InferenceSession.create(bytesOf(files, variant.graph), {
      executionProviders: name === 'wasm' ? ['wasm'] : ['webgpu'],
      // WebGPU needs its weights folded to floats. On WASM optimizing gains nothing measurable, and
      // without it the thread is blocked half as long while the session is made (280, not 510 ms).
      graphOptimizationLevel: name === 'wasm' ? 'disabled' : 'all',
      externalData: variant.externalData.map((path) => ({
        path: path.slice(path.lastIndexOf('/') + 1), // a graph names its neighbours
        data: bytesOf(files, path),
      })),
    });
    return toModelSession(runtime, session);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new SkimpError(
      'model-load-failed',
      `ONNX Runtime cannot run ${variant.graph}: ${detail}`,
      {
        cause,
      },
    );
  }
}

/**
 * One of three builds, each with a wasm file of its own, of which only the chosen one is fetched.
 * The default build and `/all` hold a deprecated WebGPU provider that is wrong on quantized models.
 */
async function loadRuntime(name: VariantName): Promise<Runtime> {
  if (name === 'wasm') return import('onnxruntime-web/wasm');
  return 'Suspending' in WebAssembly
    ? import('onnxruntime-web/jspi')
    : import('onnxruntime-web/webgpu');
}

function configure({ env }: Runtime, runtimeUrl: string | undefined): void {
  env.wasm.numThreads = 1; // threads need COOP and COEP, and lose on busy machines
  env.logLevel = 'error';
  if (runtimeUrl !== undefined) env.wasm.wasmPaths = runtimeUrl;
}

function bytesOf(
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  path: string,
): Uint8Array<ArrayBuffer> {
  const bytes = files.get(path);
  if (bytes === undefined) throw new SkimpError('internal', `${path} was not read`);
  return bytes;
}

function toModelSession(runtime: Runtime, session: InferenceSession): ModelSession {
  return {
    async run(ids) {
      const shape = [1, ids.length];
      const toInput = (values: BigInt64Array) => new runtime.Tensor('int64', values, shape);
      const outputs = await session.run({
        input_ids: toInput(BigInt64Array.from(ids, BigInt)),
        attention_mask: toInput(new BigInt64Array(ids.length).fill(1n)),
        token_type_ids: toInput(new BigInt64Array(ids.length)),
      });
      return toFloats(outputs['last_hidden_state']);
    },
  };
}

function toFloats(output: Tensor | undefined): Float32Array {
  if (output?.type === 'float32') return output.data as Float32Array; // asked on this line
  throw new SkimpError('inference-failed', 'the model has no float32 output last_hidden_state');
}
