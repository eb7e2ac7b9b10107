// An app's worker with transformers.js 2, and its own model and wasm files.
import { env, pipeline } from '@xenova/transformers';
import { exposeSkimp, fromTransformers } from '../../worker/transformers.js';
import './answer-resources.js';

env.allowRemoteModels = false;
env.localModelPath = '/app-models/';
env.useBrowserCache = false;
const { wasm } = env.backends.onnx;
wasm.wasmPaths = '/node_modules/@xenova/transformers/dist/';
wasm.numThreads = 1;

const embedder = fromTransformers(pipeline('feature-extraction', 'minilm'));
const calibration = { minSimilarityByErrorRate: { 0.01: 0.97, 0.05: 0.9 } };
exposeSkimp(self.name === 'calibrated' ? { embedder, calibration } : { embedder });
