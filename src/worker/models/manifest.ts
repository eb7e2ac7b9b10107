import { riskWeightNames } from '../../shared/risk-weight.js';
import type { RiskWeightName } from '../../shared/risk-weight.js';
import {
  assertListedFiles,
  assertTokenizer,
  assertVariants,
  isCount,
  isFinite,
  isShare,
  need,
  toFields,
} from './manifest-checks.js';
import type { Fields, ModelFile, ModelVariants } from './manifest-checks.js';

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

/**
 * Checks what was read as a manifest.
 *
 * @throws {@link SkimpError} `model-load-failed`, naming the field that is wrong.
 */
export function assertManifest(value: unknown): asserts value is ModelManifest {
  const manifest = toFields(value, 'manifest');
  need(manifest['schema'] === 2, 'schema must be 2');
  const files = assertListedFiles(manifest);
  need(isCount(manifest['dims']), 'dims must be a positive integer');
  need(manifest['pooling'] === 'mean', "pooling must be 'mean'");
  need(manifest['normalize'] === true, 'normalize must be true');
  assertTokenizer(manifest['tokenizer'], files);
  assertVariants(manifest['variants'], files, 'variants');
  const verifier = toFields(manifest['verifier'], 'verifier');
  need(isCount(verifier['maxTokens']), 'verifier: maxTokens must be a positive integer');
  assertVariants(verifier['variants'], files, 'verifier: variants');
  assertCalibration(manifest['calibration'], {
    modelSha256: digestOf(manifest['variants'], files),
    verifierSha256: digestOf(verifier['variants'], files),
  });
}

/** sha256 of a model's weights: they lie in the graph for WASM, and the other graphs read them there. */
function digestOf({ wasm }: ModelVariants, files: Fields): unknown {
  return toFields(files[wasm.graph], wasm.graph)['sha256'];
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
