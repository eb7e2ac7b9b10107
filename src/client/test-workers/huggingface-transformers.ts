// An app's worker with transformers.js 4, and its own model and wasm files.
import { env, pipeline } from '@huggingface/transformers';
import { exposeSkimp, fromTransformers } from '../../worker/transformers.js';
import './answer-resources.js';

env.allowRemoteModels = false;
env.allowLocalModels = true;
env.localModelPath = '/app-models/';
env.useBrowserCache = false;
const { wasm } = env.backends.onnx;
if (wasm === undefined) throw new Error('no WASM');
wasm.wasmPaths = '/node_modules/@huggingface/transformers/node_modules/onnxruntime-web/dist/';
wasm.numThreads = 1;

const embedder = fromTransformers(
  pipeline('feature-extraction', 'minilm', { dtype: 'q8', device: 'wasm' }),
);
const calibration = { minSimilarityByErrorRate: { 0.01: 0.97, 0.05: 0.9 } };
exposeSkimp(self.name === 'calibrated' ? { embedder, calibration } : { embedder });
