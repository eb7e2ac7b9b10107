import type {
  JSONObject,
  LanguageModelV4CallOptions,
  LanguageModelV4Message,
  SharedV4ProviderOptions,
} from '@ai-sdk/provider';
import { assertFields, flag, oneOf } from '../../client/option-checks.js';

/** What an app says of one call by `providerOptions.skimp`. */
export type SkimpCallOptions = {
  /**
   * `no-store`: neither answered from the cache nor kept, nor shortened. `refresh`: sent, and its
   * answer kept. @default undefined
   */
  cache?: 'no-store' | 'refresh';
  /** `false`: its newest turns are sent word for word. @default true */
  compress?: boolean;
};

/** A call as the model is to see it, and what the app wants skimp to do with it. */
export type WishedCall = {
  readonly params: LanguageModelV4CallOptions;
  /** As the app gave it; see {@link assertWish}. */
  readonly wish: JSONObject;
  /** Messages, of those in `params`, that are sent word for word. */
  readonly kept: ReadonlySet<LanguageModelV4Message>;
};

/** Takes skimp's own options out of a call and its messages; all else stays as it is. */
export function takeWish(given: LanguageModelV4CallOptions): WishedCall {
  const { rest, skimp = {} } = take(given);
  const kept = new Set<LanguageModelV4Message>();
  const prompt = rest.prompt.map((message) => {
    const { rest: bare, skimp: own } = take(message);
    if (own?.compress === false) kept.add(bare);
    return bare;
  });
  return { params: { ...rest, prompt }, wish: skimp, kept };
}

function take<Holder extends { providerOptions?: SharedV4ProviderOptions }>(holder: Holder) {
  const { skimp, ...others } = holder.providerOptions ?? {};
  const rest: Holder = skimp === undefined ? holder : { ...holder, providerOptions: others };
  return { rest, skimp };
}

const checks = { cache: oneOf(['no-store', 'refresh']), compress: flag };

/** @throws {@link SkimpError} `invalid-option` for a value or a key that is unknown. */
export function assertWish(wish: JSONObject): asserts wish is SkimpCallOptions {
  assertFields(wish, { checks, required: [] });
}
