import {
  assertListedFiles,
  assertTokenizer,
  assertVariants,
  isFinite,
  need,
  toFields,
} from './manifest-checks.js';
import type { ListedFiles, ModelVariants } from './manifest-checks.js';

/** Tokens that a window has at least: the special ones, a question, and words to read. */
const LEAST_TOKENS = 128;

/** How a word's own logit, its phrase's mean and its sentence's mean make its score. */
export type SelectionWeights = {
  readonly word: number;
  readonly phrase: number;
  readonly sentence: number;
};

/** What `manifest.json` of a compressor's folder says. */
export type CompressorManifest = ListedFiles & {
  readonly schema: 1;
  readonly revision: string;
  /** Longest window in tokens, special tokens and the question counted. */
  readonly maxTokens: number;
  readonly variants: ModelVariants;
  /** Paths of `tokenizer.json` and `tokenizer_config.json`. */
  readonly tokenizer: readonly [string, string];
  readonly selection: SelectionWeights;
};

/**
 * Checks what was read as a compressor's manifest.
 *
 * @throws {@link SkimpError} `model-load-failed`, naming the field that is wrong.
 */
export function assertCompressorManifest(value: unknown): asserts value is CompressorManifest {
  const manifest = toFields(value, 'manifest');
  need(manifest['schema'] === 1, 'schema must be 1');
  const files = assertListedFiles(manifest);
  const isRoomy = Number(manifest['maxTokens']) >= LEAST_TOKENS;
  need(isRoomy, `maxTokens must be ${LEAST_TOKENS} or more`);
  assertTokenizer(manifest['tokenizer'], files);
  assertVariants(manifest['variants'], files, 'variants');
  const selection = toFields(manifest['selection'], 'selection');
  for (const part of ['word', 'phrase', 'sentence']) {
    need(isFinite(selection[part]), `selection: ${part} must be a number`);
  }
}
