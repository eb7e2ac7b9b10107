import type { Optimizer } from '../client/optimizer.js';
import type { CacheHit } from '../shared/decision.js';
import { toHex } from '../shared/to-hex.js';
import { askCache } from './ask-cache.js';
import { type RequestCompression, resolveCompression } from './compress-options.js';
import { openDeadline } from './deadline.js';
import { resolveEndpoints } from './endpoint-options.js';
import type { FetchArguments } from './fetch-arguments.js';
import { createFlightLease } from './flight-lease.js';
import { keepAnswer, reportSkip } from './keep-answer.js';
import { toUnmarked } from './message-marks.js';
import { type ModelCall, toModelCall } from './model-call.js';
import { createPreparer } from './outgoing.js';
import { reportFallback } from './report.js';
import { tapResponse } from './tap-response.js';
import { untilAbort } from './until-abort.js';
import { type Endpoints, loadWireFormat } from './wire/endpoints.js';
import type { Outcome, WireFormat, WireRequest } from './wire/wire-format.js';

/** Settings of {@link createSkimpFetch}. */
export type SkimpFetchOptions = {
  /** Whether and how requests that the cache does not answer are shortened. @default false */
  compress?: false | RequestCompression;
  /**
   * Endpoints whose path does not tell what is spoken there, by path (`/ask`) or by URL without a
   * query; `false` leaves one alone. @default {}
   * @example { '/ask': 'openai-chat', '/v1/chat/completions': false }
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
/** A call to send, whose answer may be kept; the one to settle when others wait for it. */
type Forward = Asked & { readonly settle: () => void };

/** Time that a call waits for the code that translates it, which is fetched with the first one. */
const LOADING_MS = 300;

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

async function answer(session: Session): Promise<Response> {
  const { optimizer, call, prepare } = session;
  call.signal?.throwIfAborted();
  let mayCompress = false;
  try {
    const plan = await consult(session);
    if (plan !== undefined && !(plan instanceof Response)) return forward(session, plan);
    call.signal?.throwIfAborted();
    if (plan !== undefined) return plan;
    mayCompress = call.cachePolicy !== 'bypass';
  } catch (error) {
    call.signal?.throwIfAborted(); // an abort is the app's wish, and no failure
    reportFallback(optimizer, error);
  }
  const send = await prepare(mayCompress);
  return send();
}

/** The answer from the cache, or a call to forward; `undefined`: a call to leave alone. */
async function consult(session: Session): Promise<Response | Forward | undefined> {
  const { optimizer, call } = session;
  const asked = await readCall(call);
  if (typeof asked === 'string') {
    reportSkip(optimizer, asked);
    return undefined;
  }
  if (call.cachePolicy === 'refresh') return { ...asked, settle: () => {} };
  const found = await askCache(optimizer, asked.prompt.request, call.signal);
  return found.kind === 'hit' ? replay(session, asked, found) : { ...asked, settle: found.settle };
}

async function readCall(call: ModelCall) {
  const { cachePolicy, url, wire, signal, readBody } = call;
  if (cachePolicy === 'bypass') return 'no-store';
  const body = await readBody();
  if (body === undefined) return 'the body cannot be read';
  if (body.length > MAX_BODY_LENGTH) return 'the body is too long';
  const deadline = openDeadline(LOADING_MS, 'the code for this endpoint was not loaded', signal);
  try {
    const format = await untilAbort(loadWireFormat(wire), deadline.signal);
    const unmarked = await untilAbort(toUnmarked(call, body), deadline.signal);
    const prompt = format.parseRequest(url, unmarked);
    return typeof prompt === 'string' ? prompt : { format, prompt };
  } finally {
    deadline.close();
  }
}

function replay(
  { call, now, createId }: Session,
  { format, prompt }: Asked,
  hit: CacheHit,
): Response {
  const { stream, includeUsage } = prompt;
  const options = { stream, includeUsage, id: createId(), at: now(), signal: call.signal };
  const response = format.replay(hit.response, options);
  const headers = {
    'x-skimp': 'hit',
    'x-skimp-tier': hit.tier,
    'x-skimp-key': encodeURIComponent(hit.key), // a header holds no character past Latin-1
    'x-skimp-similarity': hit.similarity.toFixed(4),
    'x-skimp-age': String(Math.floor(hit.ageMs / 1000)),
  };
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return Object.defineProperty(response, 'url', { value: call.url.href });
}

async function forward(session: Session, { format, prompt, settle }: Forward): Promise<Response> {
  const { optimizer, call, prepare, now } = session;
  const lease = createFlightLease(settle);
  let sentAt = 0;
  const onDefect = (error: unknown) => reportFallback(optimizer, error);
  const onOutcome = (outcome: Outcome) => {
    keepAnswer(optimizer, prompt.request, { outcome, latencyMs: Math.max(0, now() - sentAt) })
      .catch(onDefect)
      .finally(lease.end);
  };
  let response: Response;
  try {
    const send = await prepare(true);
    sentAt = now();
    response = await send();
    lease.renew();
  } catch (error) {
    onOutcome(call.signal?.aborted ? 'the call was aborted' : 'the call failed');
    throw error;
  }
  try {
    const { createCollector } = format;
    return tapResponse(response, { createCollector, onProgress: lease.renew, onOutcome, onDefect });
  } catch (error) {
    onOutcome('the answer could not be read along');
    onDefect(error);
    return response;
  }
}

function createRandomId(): string {
  // `crypto.randomUUID` is missing on pages without HTTPS.
  return toHex(crypto.getRandomValues(new Uint8Array(12)));
}
