import type { Optimizer } from '../client/optimizer.js';
import type { CacheHit } from '../shared/decision.js';
import { answerCall, type Question } from './answer-call.js';
import { type RequestCompression, resolveCompression } from './compress-options.js';
import { resolveEndpoints } from './endpoint-options.js';
import type { FetchArguments } from './fetch-arguments.js';
import { toHitHeaders } from './hit-headers.js';
import { loadInTime } from './load-in-time.js';
import { loadMarks } from './message-marks.js';
import { type ModelCall, toModelCall } from './model-call.js';
import { createPreparer } from './outgoing.js';
import { createRandomId } from './random-id.js';
import { reportFallback } from './report.js';
import { tapResponse } from './tap-response.js';
import { type Endpoints, loadWireFormat } from './wire/endpoints.js';
import type { Reason, WireFormat, WireRequest } from './wire/wire-format.js';

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

/** Longest body that is parsed, in characters: on the page's thread 2 MB of JSON take some 20 ms. */
const MAX_BODY_LENGTH = 2_000_000;

/** One call, with what it needs of its surroundings. */
type Session = Required<Pick<SkimpFetchOptions, 'now' | 'createId'>> & {
  readonly optimizer: Optimizer;
  readonly call: ModelCall;
  /**
   * Makes the request ready: its newest turns may be shortened or not. Rejects only with the reason
   * of the call's signal; what comes out sends it.
   */
  readonly prepare: (mayCompress: boolean) => Promise<() => Promise<Response>>;
};

/** What a call asks, and what translates it. */
type Asked = { readonly format: WireFormat; readonly prompt: WireRequest };

/**
 * Makes a `fetch` that answers calls to language models from the cache. Hand it to an SDK, or use
 * it in place of `fetch`: what is no such call goes through untouched.
 *
 * An answer from the cache has the status 200, a fresh id and zero usage, and the headers `x-skimp:
 * hit`, `x-skimp-tier` (`exact` or `semantic`), `x-skimp-similarity` (-1 to 1), `x-skimp-age`
 * (seconds), `x-skimp-key` (URI-encoded; for `reportWrongHit`) and an id of the request where the
 * provider has it. Any other answer is the server's own. A request with `cache-control: no-store` (or
 * the option `cache`) is neither answered from the cache nor kept; with `no-cache` it is sent, and its
 * answer is kept. Calls for OpenAI's responses are answered where they say `store: false`: the id of
 * a response that OpenAI stores is one that the next call may name.
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
  const prepareCall = createPreparer(optimizer, resolveCompression(compress));
  const toCall = createRecogniser(optimizer, resolveEndpoints(endpoints));
  const pageFetch = globalThis.fetch;
  const skimpFetch: typeof fetch = (input, init) => {
    // An app may have set `globalThis.fetch` to the result of this very function.
    const currentFetch = globalThis.fetch === skimpFetch ? pageFetch : globalThis.fetch;
    const send = baseFetch ?? currentFetch;
    const call = toCall([input, init]);
    if (call === undefined) return send(input, init);
    const prepare = async (mayCompress: boolean) => {
      const args = await prepareCall(call, [input, init], mayCompress);
      return () => send(...args);
    };
    return answer({ optimizer, call, prepare, now, createId });
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

function answer(session: Session): Promise<Response> {
  const { call, prepare } = session;
  return answerCall(session, {
    signal: call.signal,
    readQuestion: () => readQuestion(session),
    mayCompress: () => call.cachePolicy !== 'bypass',
    prepare,
  });
}

async function readQuestion(session: Session): Promise<Question<Response> | Reason> {
  const asked = await readCall(session.call);
  if (typeof asked === 'string') return asked;
  const { format, prompt } = asked;
  return {
    request: prompt.request,
    isRefresh: session.call.cachePolicy === 'refresh' || prompt.isRefresh === true,
    replay: (hit) => replay(session, asked, hit),
    readAlong(response, listener) {
      const { createCollector } = format;
      return tapResponse(response, { createCollector, ...listener });
    },
  };
}

async function readCall({ cachePolicy, url, wire, signal, readBody }: ModelCall) {
  if (cachePolicy === 'bypass') return 'no-store';
  const body = await readBody();
  if (body === undefined) return 'the body cannot be read';
  if (body.length > MAX_BODY_LENGTH) return 'the body is too long';
  const format = await loadInTime(loadWireFormat(wire), signal);
  const marks = await loadInTime(loadMarks(body), signal);
  const prompt = format.parseRequest(url, marks?.cutMarks(body, wire) ?? body);
  return typeof prompt === 'string' ? prompt : { format, prompt };
}

function replay(
  { call, now, createId }: Session,
  { format, prompt }: Asked,
  hit: CacheHit,
): Response {
  const { stream, includeUsage } = prompt;
  const options = { stream, includeUsage, id: createId(), at: now(), signal: call.signal };
  const response = format.replay(hit.response, options);
  for (const [name, value] of Object.entries(toHitHeaders(hit))) response.headers.set(name, value);
  return Object.defineProperty(response, 'url', { value: call.url.href });
}
