import type { Optimizer } from '../client/optimizer.js';
import type { CacheHit, LookupResult } from '../shared/decision.js';
import { toHex } from '../shared/to-hex.js';
import { type RequestCompression, resolveCompression } from './compress-options.js';
import type { FetchArguments } from './fetch-arguments.js';
import { createFlightLease } from './flight-lease.js';
import { type ModelCall, toModelCall } from './model-call.js';
import { createPreparer } from './outgoing.js';
import { report, reportFallback } from './report.js';
import { tapResponse } from './tap-response.js';
import { untilAbort } from './until-abort.js';
import type { Outcome, Reason, WireRequest } from './wire/wire-format.js';

/** Settings of {@link createSkimpFetch}. */
export type SkimpFetchOptions = {
  /** Whether and how requests that the cache does not answer are shortened. @default false */
  compress?: false | RequestCompression;
  /** For tests: milliseconds since the epoch. @default Date.now */
  now?: () => number;
  /** For tests: the varying part of the ids of replayed answers. @default 24 random hex digits */
  createId?: () => string;
};

/** Longest body that is parsed, in characters: on the page's thread 2 MB of JSON take some 20 ms. */
const MAX_BODY_LENGTH = 2_000_000;

/** One call, with what it needs of its surroundings. */
type Session = Required<Omit<SkimpFetchOptions, 'compress'>> & {
  readonly optimizer: Optimizer;
  readonly call: ModelCall;
  /**
   * Makes the request ready: its newest turns may be shortened or not. Rejects only with the reason
   * of the call's signal; what comes out sends it.
   */
  readonly prepare: (mayCompress: boolean) => Promise<() => Promise<Response>>;
};

/** A call to send, whose answer may be kept; the one to settle when others wait for it. */
type Forward = { readonly prompt: WireRequest; readonly settle: () => void };

/**
 * Makes a `fetch` that answers calls to language models from the cache. Hand it to an SDK, or use
 * it in place of `fetch`: what is no such call goes through untouched.
 *
 * An answer from the cache has the status 200, a fresh id and zero usage, and the headers `x-skimp:
 * hit`, `x-skimp-tier` (`exact` or `semantic`), `x-skimp-similarity` (-1 to 1), `x-skimp-age`
 * (seconds), `x-skimp-key` (URI-encoded; for `reportWrongHit`) and `x-request-id`. Any other answer
 * is the server's own. A request with `cache-control: no-store` (or the option `cache`) is neither
 * answered from the cache nor kept; with `no-cache` it is sent, and its answer is kept.
 *
 * With the option `compress`, the context of the newest user turn and the tools' results behind the
 * last answer are shortened in requests that the cache does not answer; questions, earlier turns,
 * system prompts, tools and images stay byte for byte, and a turn that was sent shorter is so again
 * when it comes back as history, for as long as this function lives (so make one and keep it). What
 * stands between `<skimp keep>` and `</skimp>` is sent word for word, without the tags. The header
 * `x-skimp-compress: off` leaves the newest turns of one request alone; it is not sent. A request
 * with `no-store` is not shortened.
 *
 * @param optimizer - Made by `createOptimizer`.
 * @param baseFetch - Sends what the cache cannot answer. @default the page's `fetch`, at each call
 * @param options - See {@link SkimpFetchOptions}.
 * @throws {@link SkimpError} `invalid-option`, at once, for a value of `compress` out of range.
 * @returns A `fetch`. It rejects only as `baseFetch` does, or with the reason of the call's signal.
 * @example
 * const optimizer = createOptimizer({ scope: userId });
 * const client = new OpenAI({ baseURL, apiKey, fetch: createSkimpFetch(optimizer) });
 */
export function createSkimpFetch(
  optimizer: Optimizer,
  baseFetch?: typeof fetch,
  { compress = false, now = Date.now, createId = createRandomId }: SkimpFetchOptions = {},
): typeof fetch {
  const prepareCall = createPreparer(optimizer, resolveCompression(compress));
  const pageFetch = globalThis.fetch;
  const skimpFetch: typeof fetch = (input, init) => {
    // An app may have set `globalThis.fetch` to the result of this very function.
    const currentFetch = globalThis.fetch === skimpFetch ? pageFetch : globalThis.fetch;
    const send = baseFetch ?? currentFetch;
    const call = recognise(optimizer, [input, init]);
    if (call === undefined) return send(input, init);
    const prepare = async (mayCompress: boolean) => {
      const args = await prepareCall(call, [input, init], mayCompress);
      return () => send(...args);
    };
    return answer({ optimizer, call, prepare, now, createId });
  };
  return skimpFetch;
}

function recognise(optimizer: Optimizer, args: FetchArguments): ModelCall | undefined {
  try {
    return toModelCall(...args);
  } catch (error) {
    reportFallback(optimizer, error);
    return undefined;
  }
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
  const prompt = await readPrompt(call);
  if (typeof prompt === 'string') {
    reportSkip(optimizer, prompt);
    return undefined;
  }
  const forwarded = { prompt, settle: () => {} };
  if (call.cachePolicy === 'refresh') return forwarded;
  const lookup = () => optimizer.lookup(prompt.request, call.signal ? { signal: call.signal } : {});
  let result = await lookup();
  let flight = joinFlight(optimizer, result);
  if (flight?.role === 'follower') {
    await untilAbort(flight.settled, call.signal);
    result = await lookup();
    // Waiting again could take turns for ever, where the answers are of a kind that is not kept.
    flight = joinFlight(optimizer, result);
  }
  if (result.kind === 'hit') return replay(session, prompt, result);
  return flight?.role === 'leader' ? { prompt, settle: flight.settle } : forwarded;
}

async function readPrompt({ cachePolicy, format, url, readBody }: ModelCall) {
  if (cachePolicy === 'bypass') return 'no-store';
  const body = await readBody();
  if (body === undefined) return 'the body cannot be read';
  if (body.length > MAX_BODY_LENGTH) return 'the body is too long';
  return format.parseRequest(url, body);
}

function joinFlight(optimizer: Optimizer, result: LookupResult) {
  return result.kind === 'hit' || result.key === undefined
    ? undefined
    : optimizer.joinFlight(result.key);
}

function replay({ call, now, createId }: Session, prompt: WireRequest, hit: CacheHit): Response {
  const id = createId();
  const { stream, includeUsage } = prompt;
  const options = { stream, includeUsage, id, at: now(), signal: call.signal };
  const response = call.format.replay(hit.response, options);
  const headers = {
    'x-request-id': `skimp-${id}`,
    'x-skimp': 'hit',
    'x-skimp-tier': hit.tier,
    'x-skimp-key': encodeURIComponent(hit.key), // a header holds no character past Latin-1
    'x-skimp-similarity': hit.similarity.toFixed(4),
    'x-skimp-age': String(Math.floor(hit.ageMs / 1000)),
  };
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return Object.defineProperty(response, 'url', { value: call.url.href });
}

async function forward(session: Session, { prompt, settle }: Forward): Promise<Response> {
  const { optimizer, call, prepare, now } = session;
  const lease = createFlightLease(settle);
  let sentAt = 0;
  const onDefect = (error: unknown) => reportFallback(optimizer, error);
  const onOutcome = (outcome: Outcome) => {
    keep(optimizer, prompt, { outcome, latencyMs: Math.max(0, now() - sentAt) })
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
    const { createCollector } = call.format;
    return tapResponse(response, { createCollector, onProgress: lease.renew, onOutcome, onDefect });
  } catch (error) {
    onOutcome('the answer could not be read along');
    onDefect(error);
    return response;
  }
}

type Answer = { readonly outcome: Outcome; readonly latencyMs: number };

async function keep(
  optimizer: Optimizer,
  { request }: WireRequest,
  { outcome, latencyMs }: Answer,
): Promise<void> {
  if (typeof outcome === 'string') {
    reportSkip(optimizer, outcome);
    return;
  }
  const model = outcome.model || request.model; // some servers do not say
  await optimizer.store(request, { ...outcome, model, latencyMs });
}

function reportSkip(optimizer: Optimizer, reason: Reason): void {
  report(optimizer, { type: 'cache-skip', reason });
}

function createRandomId(): string {
  // `crypto.randomUUID` is missing on pages without HTTPS.
  return toHex(crypto.getRandomValues(new Uint8Array(12)));
}
