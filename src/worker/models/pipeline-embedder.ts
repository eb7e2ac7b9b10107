import type { AppEmbedder } from '../../shared/app-embedder.js';
import { MAX_TOKEN_LENGTH } from './tokenizer.js';

/**
 * What skimp uses of a `feature-extraction` pipeline of transformers.js: the same in
 * `@xenova/transformers` 2 and `@huggingface/transformers` 4.
 */
export interface FeatureExtractor {
  (
    text: string,
    options: { pooling: 'mean'; normalize: true },
  ): Promise<{ readonly data: unknown; readonly dims: readonly number[] }>;
  readonly tokenizer: {
    encode(text: string): readonly number[];
    readonly unk_token_id?: number;
    readonly model_max_length?: number;
  };
  readonly model: { readonly config: object };
}

/** Longest input where neither tokenizer nor model says it, in tokens. */
const DEFAULT_MAX_TOKENS = 512;

/**
 * Makes an {@link AppEmbedder} of a pipeline: the mean over a text's tokens. The pipeline cuts long
 * texts without a word, so that their tokens are counted here first.
 */
export function createPipelineEmbedder(extract: FeatureExtractor, id?: string): AppEmbedder {
  const { tokenizer, model } = extract;
  const maxTokens = toMaxTokens(extract);
  const countUnknown = (ids: readonly number[]) =>
    ids.filter((token) => token === tokenizer.unk_token_id).length;
  // In some models the token for what is unknown also ends a text.
  const unknownInAny = countUnknown(tokenizer.encode(''));
  return {
    id: id ?? nameOf(model.config),
    async embed(text) {
      if (text.length > maxTokens * MAX_TOKEN_LENGTH) return 'too-long';
      const ids = tokenizer.encode(text);
      if (ids.length > maxTokens) return 'too-long';
      if (countUnknown(ids) > unknownInAny) return 'unreadable';
      const { data, dims } = await extract(text, { pooling: 'mean', normalize: true });
      const [rows, ...columns] = dims;
      if (data instanceof Float32Array && rows === 1 && columns.length === 1) return data;
      throw new TypeError(`a tensor of shape (${dims.join(', ')}) is not one vector of float32`);
    },
  };
}

function toMaxTokens({ tokenizer, model }: FeatureExtractor): number {
  const limits = [
    tokenizer.model_max_length,
    Reflect.get(model.config, 'max_position_embeddings'),
  ].filter((limit): limit is number => Number.isFinite(limit) && limit > 0);
  return limits.length > 0 ? Math.min(...limits) : DEFAULT_MAX_TOKENS;
}

/** `bert nreimers/MiniLM-L6-H384-uncased`, say. */
function nameOf(config: object): string {
  const names = [Reflect.get(config, 'model_type'), Reflect.get(config, '_name_or_path')];
  return names.filter((name) => typeof name === 'string' && name !== '').join(' ') || 'unnamed';
}
