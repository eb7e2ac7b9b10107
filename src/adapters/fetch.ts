import type { Optimizer } from '../client/optimizer.js';
import { type RequestCompression, resolveCompression } from './compress-options.js';
import { resolveEndpoints } from './endpoint-options.js';
import type { FetchArguments } from './fetch-arguments.js';
import type { CallHandlerOptions, FetchCall } from './fetch-call.js';
import { loadInTime } from './load-in-time.js';
import { createLoader } from './load-once.js';
import { mayHoldMarks } from './message-marks.js';
import { type ModelCall, toModelCall } from './model-call.js';
import { createRandomId } from './random-id.js';
import { reportFallback } from './report.js';
import { untilAbort } from './until-abort.js';
import type { Endpoints } from './wire/endpoints.js';

/** Settings of {@link createSkimpFetch}. */
export type SkimpFetchOptions = {
  /** Whether and how requests that the cache does not answer are shortened. @default false */
  compress?: false | RequestCompression;
  /**
   * Endpoints whose path does not tell what is spoken there, by path (`/ask`), by URL without a
   * query, or `*` for all others; `false` leaves one alone. Answers of plain text are read only
   * where it says `text`: they have no mark of their end, so the route must not close the connection
   * as if it were done when its model failed or was cut. @default {}
   * @example { '/ask': 'ui-messages', '/api/completion': 'text', '/v1/chat/completions': false }
   */
  endpoints?: Endpoints;
  /** For tests: milliseconds since the epoch. @default Date.now */
  now?: () => number;
  /** For tests: the varying part of the ids of replayed answers. @default 24 random hex digits */
  createId?: () => string;
};

/**
 * Makes a `fetch` that answers calls to language models from the cache. Hand it to an SDK, or use
 * it in place of `fetch`: what is no such call goes through untouched.
 *
 * An answer from the cache has the status 200, a fresh id and zero usage, and the headers `x-skimp:
 * hit`, `x-skimp-tier` (`exact` or `semantic`), `x-skimp-similarity` (-1 to 1), `x-skimp-age`
 * (seconds), `x-skimp-key` (URI-encoded; for `reportWrongHit`) and an id of the request where the
 * provider has it. Any other answer is the server's own. A request with `cache-control: no-store` (or
 * the option `cache`) is neither answered from the cache nor kept; with `no-cache` it is sent, and its
 * answer is kept. A response that OpenAI stores has the id
 * of its first telling, which the next call may name.
 *
 * With the option `compress`, the context of the newest user turn and the tools' results behind the
 * last answer are shortened in requests that the cache does not answer; questions, earlier turns,
 * system prompts, tools and images stay byte for byte, and a turn that was sent shorter is so again
 * when it comes back as history, for as long as this function lives (so make one and keep it). What
 * stands between `<skimp keep>` and `</skimp>` is sent word for word, without the tags. The header
 * `x-skimp-compress: off` leaves the newest turns of one request alone; it is not sent. A message
 * marked by `uncompressed` is sent as written. A request with `no-store` is not shortened.
 *
 * @param optimizer - Made by `createOptimizer`.
 * @param baseFetch - Sends what the cache cannot answer. @default the page's `fetch`, at each call
 * @param options - See {@link SkimpFetchOptions}.
 * @throws {@link SkimpError} `invalid-option`, at once, for a value of `compress` out of range or
 * an unknown format in `endpoints`.
 * @returns A `fetch`. It rejects only as `baseFetch` does, or with the reason of the call's signal.
 * @example
 * const optimizer = createOptimizer({ scope: userId });
 * const client = new OpenAI({ baseURL, apiKey, fetch: createSkimpFetch(optimizer) });
 */
export function createSkimpFetch(
  optimizer: Optimizer,
  baseFetch?: typeof fetch,
  options: SkimpFetchOptions = {},
): typeof fetch {
  const { compress = false, endpoints = {}, now = Date.now, createId = createRandomId } = options;
  const compression = resolveCompression(compress);
  const handle = createLateHandler({ optimizer, compression, now, createId });
  const toCall = createRecogniser(optimizer, resolveEndpoints(endpoints));
  const pageFetch = globalThis.fetch;
  const skimpFetch: typeof fetch = (input, init) => {
    // An app may have set `globalThis.fetch` to the result of this very function.
    const currentFetch = globalThis.fetch === skimpFetch ? pageFetch : globalThis.fetch;
    const send = baseFetch ?? currentFetch;
    const call = toCall([input, init]);
    if (call === undefined) return send(input, init);
    return handle({ call, args: [input, init], send });
  };
  return skimpFetch;
}

function createRecogniser(optimizer: Optimizer, endpoints: Endpoints) {
  return (args: FetchArguments): ModelCall | undefined => {
    try {
      return toModelCall(args, endpoints);
    } catch (error) {
      reportFallback(optimizer, error);
      return undefined;
    }
  };
}

/**
 * What answers calls is fetched at once, and waited for with the first one. A call with something for
 * skimp alone in it, which no server is to see, waits for as long as it takes.
 */
function createLateHandler(options: CallHandlerOptions) {
  const load = createLoader(async () => {
    const { createCallHandler } = await import('./fetch-call.js');
    return createCallHandler(options);
  });
  load().catch(() => {}); // the first call tries again
  return async (asked: FetchCall): Promise<Response> => {
    const { call, args, send } = asked;
    call.signal?.throwIfAborted();
    let handle: Awaited<ReturnType<typeof load>>;
    try {
      const [input, init] = args;
      const body = init?.body ?? (input instanceof Request ? input.body : undefined);
      const isOurs = call.compressWish !== undefined || mayHoldMarks(body);
      const wait = isOurs ? untilAbort : loadInTime;
      handle = await wait(load(), call.signal);
    } catch (error) {
      call.signal?.throwIfAborted();
      reportFallback(options.optimizer, error);
      return send(...args);
    }
    return handle(asked);
  };
}
