import { SkimpError } from '../../shared/errors.js';
import { riskWeightNames } from '../../shared/risk-weight.js';
import type { RiskWeightName } from '../../shared/risk-weight.js';

/** Ways to run a model; all share its weights. */
export type VariantName = 'wasm' | 'webgpu-fp16' | 'webgpu-fp32';

export type ModelFile = { readonly sha256: string; readonly bytes: number };

export type ModelVariant = {
  readonly dtype: string;
  /** Path of the ONNX graph. */
  readonly graph: string;
  /** Paths of the files that hold its weights, when they are not in the graph. */
  readonly externalData: readonly string[];
};

/** The variants that a model has; none lacks `wasm`. */
export type ModelVariants = Readonly<
  Partial<Record<VariantName, ModelVariant>> & { readonly wasm: ModelVariant }
>;

/**
 * Turns what the models say of two prompts into a risk, and an error budget into the highest risk
 * to serve. The logit of `P(same response)` is `bias` plus each feature times its weight.
 */
export type Calibration = {
  /** sha256 of the embedder's weights that it was fitted with; another's calibration is refused. */
  readonly modelSha256: string;
  /** sha256 of the verifier's weights, likewise. */
  readonly verifierSha256: string;
  readonly bias: number;
  readonly weights: Readonly<Partial<Record<RiskWeightName, number>>>;
  /** Highest risk to serve, 0 to 1, by the share of wrong hits that it keeps to. */
  readonly maxRiskByErrorRate: Readonly<Record<string, number>>;
};

/** What `manifest.json` of a model folder says. */
export type ModelManifest = {
  readonly schema: 2;
  readonly id: string;
  readonly revision: string;
  /** Length of an embedding. */
  readonly dims: number;
  /** Longest input in tokens, special tokens counted. */
  readonly maxTokens: number;
  readonly files: Readonly<Record<string, ModelFile>>;
  /** Of the embedder. */
  readonly variants: ModelVariants;
  readonly verifier: {
    /** Longest pair in tokens, special tokens counted. */
    readonly maxTokens: number;
    readonly variants: ModelVariants;
  };
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
  need(manifest['schema'] === 2, 'schema must be 2');
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
  assertVariants(manifest['variants'], files, 'variants');
  const verifier = toFields(manifest['verifier'], 'verifier');
  need(isCount(verifier['maxTokens']), 'verifier: maxTokens must be a positive integer');
  assertVariants(verifier['variants'], files, 'verifier: variants');
  assertCalibration(manifest['calibration'], {
    modelSha256: digestOf(manifest['variants'], files),
    verifierSha256: digestOf(verifier['variants'], files),
  });
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

function assertVariants(
  value: unknown,
  files: Fields,
  field: string,
): asserts value is ModelVariants {
  const variants = toFields(value, field);
  need('wasm' in variants, `${field} must have wasm`);
  for (const [name, described] of Object.entries(variants)) {
    const variant = toFields(described, `${field}['${name}']`);
    need(isText(variant['dtype']), `${field}: ${name}: dtype must be a string`);
    assertPaths([variant['graph']], files, `${field}: ${name}: graph`);
    assertPaths(variant['externalData'], files, `${field}: ${name}: externalData`);
  }
}

/** sha256 of a model's weights: they lie in the graph for WASM, and the other graphs read them there. */
function digestOf({ wasm }: ModelVariants, files: Fields): unknown {
  return toFields(files[wasm.graph], wasm.graph)['sha256'];
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

function assertCalibration(
  value: unknown,
  digests: { readonly modelSha256: unknown; readonly verifierSha256: unknown },
): void {
  const calibration = toFields(value, 'calibration');
  for (const [field, digest] of Object.entries(digests)) {
    need(calibration[field] === digest, `calibration was fitted with another model (${field})`);
  }
  need(isFinite(calibration['bias']), 'calibration: bias must be a number');
  const weights = toFields(calibration['weights'], 'calibration: weights');
  for (const [name, weight] of Object.entries(weights)) {
    const isKnown = riskWeightNames.some((known) => known === name);
    need(isKnown, `calibration: weights: ${name} is unknown`);
    need(isFinite(weight), `calibration: weights: ${name} must be a number`);
  }
  const risks = toFields(calibration['maxRiskByErrorRate'], 'calibration: maxRiskByErrorRate');
  for (const [rate, risk] of Object.entries(risks)) {
    need(
      isShare(Number(rate)) && isShare(risk),
      `calibration: ${rate} and its risk must be 0 to 1`,
    );
  }
}

function need(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new SkimpError('model-load-failed', `model manifest: ${problem}`);
}

function toFields(value: unknown, field: string): Fields {
  need(typeof value === 'object' && value !== null, `${field} must be an object`);
  return value as Fields; // any object can be read by its keys
}

const isText = (value: unknown) => typeof value === 'string' && value !== '';
const isFinite = (value: unknown) => Number.isFinite(value); // of a number only
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) > 0;
const isShare = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1;
