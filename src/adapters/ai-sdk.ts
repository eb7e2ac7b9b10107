import type { LanguageModelV4Middleware } from '@ai-sdk/provider';
import type { ChatTransport, UIMessage } from 'ai';
import { assertFields, callback, type Check, oneOf } from '../client/option-checks.js';
import type { Optimizer } from '../client/optimizer.js';
import { createModelCallAnswerer, streamed, whole } from './ai-sdk/answer-model-call.js';
import type { CreateTransport, SkimpHit } from './ai-sdk/send-messages.js';
import { type RequestCompression, resolveCompression } from './compress-options.js';
import { loadInTime } from './load-in-time.js';
import { createLoader } from './load-once.js';
import { createRandomId } from './random-id.js';
import { reportFallback } from './report.js';

/** Settings of {@link createSkimpMiddleware}. */
export type SkimpMiddlewareOptions = {
  /** Whether and how prompts that the cache does not answer are shortened. @default false */
  compress?: false | RequestCompression;
  /**
   * Names the server, where two serve models of one provider and name: a model does not tell its
   * URL. @default ''
   */
  endpoint?: string;
  /** For tests: milliseconds since the epoch. @default Date.now */
  now?: () => number;
  /** For tests: the varying part of the ids of replayed answers. @default 24 random hex digits */
  createId?: () => string;
};

/** `compress` is checked where it is read. */
const sharedChecks = {
  compress: { is: () => true, want: '' },
  now: callback,
  createId: callback,
} satisfies Record<string, Check>;
const middlewareChecks: Readonly<Record<keyof SkimpMiddlewareOptions, Check>> = {
  ...sharedChecks,
  endpoint: { is: (value) => typeof value === 'string', want: 'a string' },
};

/**
 * Makes a middleware for language models that answers calls from the cache, whole or as streams.
 * Give it to `wrapLanguageModel`, which lifts models of the versions V2 and V3 to this one.
 *
 * An answer from the cache has no usage and says so in `providerMetadata.skimp` (`cache: 'hit'`,
 * `tier`, `key` for `reportWrongHit`, `similarity`, `ageMs`, and the `usage` and `latencyMs` of the
 * answer at first) and in the headers of its response, as that of `createSkimpFetch`. Calls of tools
 * are never kept, and no tool runs twice.
 *
 * Of one call an app says by `providerOptions.skimp`: `cache: 'no-store'` (neither answered from the
 * cache nor kept, nor shortened), `cache: 'refresh'` (sent, and kept), `compress: false`; of one
 * message by its own: `compress: false`. No provider sees these.
 *
 * With the option `compress`, prompts that the cache does not answer are shortened as by
 * `createSkimpFetch`; what was sent once is sent alike for as long as this middleware lives.
 *
 * @param optimizer - Made by `createOptimizer`.
 * @param options - See {@link SkimpMiddlewareOptions}.
 * @throws {@link SkimpError} `invalid-option`, at once, for an unknown option or a value out of range.
 * @returns A middleware. Its calls reject only as the model's do, or with the reason of the signal.
 * @example
 * const model = wrapLanguageModel({
 *   model: openai('gpt-5-mini'),
 *   middleware: createSkimpMiddleware(optimizer),
 * });
 */
export function createSkimpMiddleware(
  optimizer: Optimizer,
  options: SkimpMiddlewareOptions = {},
): LanguageModelV4Middleware {
  assertFields(options, { checks: middlewareChecks, required: [] });
  const { compress = false, endpoint = '', now = Date.now, createId = createRandomId } = options;
  const compression = resolveCompression(compress);
  const answer = createModelCallAnswerer({ optimizer, compression, endpoint, now, createId });
  return {
    specificationVersion: 'v4',
    wrapGenerate: (call) => answer(whole, call),
    wrapStream: (call) => answer(streamed, call),
  };
}

/** Settings of {@link createSkimpTransport}. */
export type SkimpTransportOptions = Pick<
  SkimpMiddlewareOptions,
  'compress' | 'now' | 'createId'
> & {
  /** How the route answers: for a `TextStreamChatTransport` it is `text`. @default 'ui-messages' */
  format?: 'ui-messages' | 'text';
  /** Sends what the cache cannot answer. @default the page's `fetch`, at each call */
  fetch?: typeof fetch;
};

const transportChecks: Readonly<Record<keyof SkimpTransportOptions, Check>> = {
  ...sharedChecks,
  format: oneOf(['ui-messages', 'text']),
  fetch: callback,
};

/** The type of the data that tells of a hit: `UIMessage<Metadata, MyData & SkimpDataTypes>`. */
export type SkimpDataTypes = { skimp: SkimpHit };

/**
 * Makes a transport for `useChat` that answers messages from the cache, whichever route they are
 * for. `regenerate` has a fresh answer, which is kept. Word of a hit comes as transient data:
 * `onData` gets `{ type: 'data-skimp', data }`, see {@link SkimpHit}.
 *
 * A route does not see what the cache answers, until the next message brings the whole conversation.
 * With the option `compress` it gets, and may store, messages that are shorter than what the page
 * shows. Answers of plain text have no mark of their end: see `endpoints` of `createSkimpFetch`.
 *
 * @param optimizer - Made by `createOptimizer`.
 * @param createTransport - Makes the app's transport, with the `fetch` that it gets; called for each
 * message.
 * @param options - See {@link SkimpTransportOptions}.
 * @throws {@link SkimpError} `invalid-option`, at once, for an unknown option or a value out of range.
 * @returns A transport. It rejects only as the app's does, or with the reason of the call's signal.
 * @example
 * const transport = createSkimpTransport(
 *   optimizer,
 *   (fetch) => new DefaultChatTransport({ api: '/api/chat', fetch }),
 * );
 * const chat = useChat({ transport });
 */
export function createSkimpTransport<Message extends UIMessage>(
  optimizer: Optimizer,
  createTransport: CreateTransport<Message>,
  options: SkimpTransportOptions = {},
): ChatTransport<Message> {
  assertFields(options, { checks: transportChecks, required: [] });
  const { format = 'ui-messages', fetch: baseFetch, ...rest } = options;
  resolveCompression(rest.compress ?? false); // for what it throws
  const base = createTransport((input, init) => (baseFetch ?? fetch)(input, init));
  const load = createLoader(async () => {
    const { createMessageSender } = await import('./ai-sdk/send-messages.js');
    const fetchOptions = { ...rest, endpoints: { '*': format } };
    return createMessageSender(optimizer, { createTransport, baseFetch, fetchOptions });
  });
  return {
    ...(base.resumeStreamIsReplay !== undefined && {
      resumeStreamIsReplay: base.resumeStreamIsReplay,
    }),
    close: () => base.close?.(),
    reconnectToStream: (call) => base.reconnectToStream(call),
    async sendMessages(call) {
      let send: typeof base.sendMessages = (given) => base.sendMessages(given);
      try {
        send = await loadInTime(load(), call.abortSignal);
      } catch (error) {
        call.abortSignal?.throwIfAborted();
        reportFallback(optimizer, error);
      }
      return send(call);
    },
  };
}
