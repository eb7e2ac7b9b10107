import { Tokenizer as HubTokenizer } from '@huggingface/tokenizers';
import { SkimpError } from '../../shared/errors.js';

/** Text as the model reads it. */
export type TokenizedText = {
  /** Token ids, special tokens included, never cut. */
  readonly ids: readonly number[];
  /** Pieces that the vocabulary does not have. */
  readonly unknownCount: number;
};

export interface Tokenizer {
  encode(text: string): TokenizedText;
}

/**
 * Makes the tokenizer of a model folder.
 *
 * @param tokenizerJson - Bytes of `tokenizer.json`.
 * @param configJson - Bytes of `tokenizer_config.json`.
 * @throws {@link SkimpError} `model-load-failed`.
 */
export function createTokenizer(tokenizerJson: Uint8Array, configJson: Uint8Array): Tokenizer {
  try {
    const tokenizer = new HubTokenizer(parse(tokenizerJson), parse(configJson));
    const unknownId = tokenizer.token_to_id('[UNK]');
    return {
      encode(text) {
        const ids: readonly number[] = tokenizer.encode(text).ids;
        return { ids, unknownCount: ids.filter((id) => id === unknownId).length };
      },
    };
  } catch (cause) {
    throw new SkimpError('model-load-failed', 'the tokenizer files cannot be used', { cause });
  }
}

function parse(bytes: Uint8Array): object {
  return JSON.parse(new TextDecoder().decode(bytes)) as object; // the constructor refuses other JSON
}
