import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { SkimpError, toSkimpError } from '../../shared/errors.js';
import type { ModelVariant, VariantName } from './manifest-checks.js';
import { toWeightsFile } from './model-variant.js';

/** The part of ONNX Runtime that skimp uses; the same in each of its builds. */
type Runtime = typeof import('onnxruntime-web/wasm');

/** What a model reads: one text or one pair. */
export type TokenInput = {
  /** Token ids, special tokens included. */
  readonly ids: readonly number[];
  /** Token types, one for each id; all 0 when absent. */
  readonly types?: readonly number[];
};

/** A model that is ready to run. */
export interface ModelSession {
  /**
   * Runs the model. One run or creation at a time, of all sessions together.
   *
   * @returns the values of the session's output, row by row.
   * @throws {@link SkimpError} `inference-failed` when the model did not run.
   */
  run(input: TokenInput): Promise<Float32Array>;
  /** Gives its memory back; it cannot run again. */
  close(): void;
}

export type SessionOptions = {
  readonly name: VariantName;
  readonly variant: ModelVariant;
  /** The verified files that `variant` names. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Name of the graph's output that is wanted, of type float32. */
  readonly output: string;
  /** Folder of the runtime's files, where it cannot find them by itself. */
  readonly runtimeUrl: string | undefined;
};

/** @throws {@link SkimpError} `model-load-failed`. */
export async function openSession({
  name,
  variant,
  files,
  output,
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
      externalData: variant.externalData.map((entry) => {
        const { name: called, path } = toWeightsFile(entry);
        return { path: called, data: bytesOf(files, path) };
      }),
    });
    return toModelSession(runtime, session, output);
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

function toModelSession(runtime: Runtime, session: InferenceSession, output: string): ModelSession {
  return {
    async run({ ids, types }) {
      const shape = [1, ids.length];
      const toInput = (values: BigInt64Array) => new runtime.Tensor('int64', values, shape);
      const toValues = (values: readonly number[]) => BigInt64Array.from(values, BigInt);
      try {
        const outputs = await session.run({
          input_ids: toInput(toValues(ids)),
          attention_mask: toInput(new BigInt64Array(ids.length).fill(1n)),
          token_type_ids: toInput(types ? toValues(types) : new BigInt64Array(ids.length)),
        });
        return toFloats(outputs[output], output);
      } catch (cause) {
        // A lost GPU rejects with unrelated errors: whatever it is, this run gave nothing.
        throw toSkimpError(cause, 'inference-failed');
      }
    },
    close: () => void session.release().catch(() => {}), // it is gone in any case
  };
}

function toFloats(output: Tensor | undefined, name: string): Float32Array {
  if (output?.type === 'float32') return output.data as Float32Array; // asked on this line
  throw new SkimpError('inference-failed', `the model has no float32 output ${name}`);
}
