import { SkimpError } from '../../shared/errors.js';

/** Ways to run one model; all share its weights. */
export type VariantName = 'wasm' | 'webgpu-fp16' | 'webgpu-fp32';

export type ModelFile = { readonly sha256: string; readonly bytes: number };

export type ModelVariant = {
  readonly dtype: string;
  /** Path of the ONNX graph. */
  readonly graph: string;
  /** Paths of the files that hold its weights, when they are not in the graph. */
  readonly externalData: readonly string[];
};

/** Turns a cosine into a risk, and an error budget into the highest risk to serve. */
export type Calibration = {
  /** sha256 of the weights it was fitted with; another model's calibration is refused. */
  readonly modelSha256: string;
  /** Temperature of the paper's `sigmoid(cos / lambda - c)` (arXiv 2402.01173). */
  readonly lambda: number;
  readonly c: number;
  /** Highest risk to serve, 0 to 1, by the share of wrong hits that it keeps to. */
  readonly maxRiskByErrorRate: Readonly<Record<string, number>>;
};

/** What `manifest.json` of a model folder says. */
export type ModelManifest = {
  readonly schema: 1;
  readonly id: string;
  readonly revision: string;
  /** Length of an embedding. */
  readonly dims: number;
  /** Longest input in tokens, special tokens counted. */
  readonly maxTokens: number;
  readonly files: Readonly<Record<string, ModelFile>>;
  readonly variants: Readonly<Partial<Record<VariantName, ModelVariant>>>;
  /** Paths of `tokenizer.json` and `tokenizer_config.json`. */
  readonly tokenizer: readonly [string, string];
  readonly calibration: Calibration;
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks what was read as a manifest.
 *
 * @throws {@link SkimpError} `model-load-failed`, naming the field that is wrong.
 */
export function assertManifest(value: unknown): asserts value is ModelManifest {
  const manifest = toFields(value, 'manifest');
  need(manifest['schema'] === 1, 'schema must be 1');
  need(isText(manifest['id']), 'id must be a string');
  need(isText(manifest['revision']), 'revision must be a string');
  need(isCount(manifest['dims']), 'dims must be a positive integer');
  need(isCount(manifest['maxTokens']), 'maxTokens must be a positive integer');
  need(manifest['pooling'] === 'mean', "pooling must be 'mean'");
  need(manifest['normalize'] === true, 'normalize must be true');
  const files = toFields(manifest['files'], 'files');
  for (const [path, file] of Object.entries(files)) assertFile(path, file);
  assertPaths(manifest['tokenizer'], files, 'tokenizer');
  need(manifest['tokenizer'].length === 2, 'tokenizer must name two files');
  const variants = toFields(manifest['variants'], 'variants');
  need('wasm' in variants, 'variants must have wasm');
  for (const [name, variant] of Object.entries(variants)) assertVariant(name, variant, files);
  assertCalibration(manifest['calibration'], files);
}

function assertFile(path: string, value: unknown): void {
  const file = toFields(value, `files['${path}']`);
  const { sha256, bytes } = file;
  need(typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256), `${path}: sha256 is no digest`);
  need(isCount(bytes), `${path}: bytes must be a positive integer`);
  // A manifest from elsewhere must not make the worker fetch outside its folder.
  const isInside = !/^\/|\\|^[a-z]+:|(^|\/)\.\.(\/|$)/i.test(path);
  need(isInside, `${path}: a file must lie in the model's folder`);
}

function assertVariant(name: string, value: unknown, files: Fields): void {
  const variant = toFields(value, `variants['${name}']`);
  need(isText(variant['dtype']), `${name}: dtype must be a string`);
  assertPaths([variant['graph']], files, `${name}: graph`);
  assertPaths(variant['externalData'], files, `${name}: externalData`);
}

function assertPaths(
  value: unknown,
  files: Fields,
  field: string,
): asserts value is readonly string[] {
  need(Array.isArray(value), `${field} must be a list`);
  const isListed = (path: unknown) => typeof path === 'string' && Object.hasOwn(files, path);
  need(value.every(isListed), `${field} names a file that files does not list`);
}

function assertCalibration(value: unknown, files: Fields): void {
  const calibration = toFields(value, 'calibration');
  const { lambda, c, modelSha256 } = calibration;
  need(typeof lambda === 'number' && lambda > 0, 'calibration: lambda must be above 0');
  need(typeof c === 'number' && Number.isFinite(c), 'calibration: c must be a number');
  const risks = toFields(calibration['maxRiskByErrorRate'], 'calibration: maxRiskByErrorRate');
  for (const [rate, risk] of Object.entries(risks)) {
    need(
      isShare(Number(rate)) && isShare(risk),
      `calibration: ${rate} and its risk must be 0 to 1`,
    );
  }
  const digests = Object.values(files).map((file) => toFields(file, 'file')['sha256']);
  need(digests.includes(modelSha256), 'calibration was fitted with another model');
}

function need(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new SkimpError('model-load-failed', `model manifest: ${problem}`);
}

function toFields(value: unknown, field: string): Fields {
  need(typeof value === 'object' && value !== null, `${field} must be an object`);
  return value as Fields; // any object can be read by its keys
}

const isText = (value: unknown) => typeof value === 'string' && value !== '';
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) > 0;
const isShare = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1;
