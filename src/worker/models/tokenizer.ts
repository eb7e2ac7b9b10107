import { Tokenizer as HubTokenizer } from '@huggingface/tokenizers';
import { SkimpError } from '../../shared/errors.js';

/** Characters a token has at most, on average: a text of megabytes is not split to count them. */
export const MAX_TOKEN_LENGTH = 64;

/** Text as the model reads it. */
export type TokenizedText = {
  /** Token ids, special tokens included, never cut. */
  readonly ids: readonly number[];
  /** Pieces that the vocabulary does not have. */
  readonly unknownCount: number;
};

/** Two texts as a model reads them at once: `[CLS] first [SEP] second [SEP]`. */
export type TokenizedPair = TokenizedText & {
  /** 0 up to the first `[SEP]`, 1 after it; one for each id. */
  readonly types: readonly number[];
};

export interface Tokenizer {
  /** Ids of the tokens that stand before and after texts. */
  readonly special: { readonly cls: number; readonly sep: number };
  /** Ids without special tokens, never cut. */
  encodeBare(text: string): readonly number[];
  encode(text: string): TokenizedText;
  /** In the order given. */
  encodePair(first: string, second: string): TokenizedPair;
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
    const unknownId = toId(tokenizer, '[UNK]');
    const clsId = toId(tokenizer, '[CLS]');
    const sepId = toId(tokenizer, '[SEP]');
    const countUnknown = (ids: readonly number[]) => ids.filter((id) => id === unknownId).length;
    const encodeBare = (text: string): readonly number[] =>
      tokenizer.encode(text, { add_special_tokens: false }).ids;
    return {
      special: { cls: clsId, sep: sepId },
      encodeBare,
      encode(text) {
        const ids: readonly number[] = tokenizer.encode(text).ids;
        return { ids, unknownCount: countUnknown(ids) };
      },
      encodePair(first, second) {
        const opening = [clsId, ...encodeBare(first), sepId];
        const closing = [...encodeBare(second), sepId];
        const ids = [...opening, ...closing];
        const types = ids.map((_, at) => (at < opening.length ? 0 : 1));
        return { ids, types, unknownCount: countUnknown(ids) };
      },
    };
  } catch (cause) {
    throw new SkimpError('model-load-failed', 'the tokenizer files cannot be used', { cause });
  }
}

function toId(tokenizer: HubTokenizer, token: string): number {
  const id = tokenizer.token_to_id(token);
  if (id === undefined) throw new RangeError(`the vocabulary has no ${token}`);
  return id;
}

function parse(bytes: Uint8Array): object {
  return JSON.parse(new TextDecoder().decode(bytes)) as object; // the constructor refuses other JSON
}
