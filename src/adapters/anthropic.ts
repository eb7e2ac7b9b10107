import type { APIRequest, MiddlewareNext } from '@anthropic-ai/sdk';
import type { Optimizer } from '../client/optimizer.js';
import { createSkimpFetch, type SkimpFetchOptions } from './fetch.js';

/** Settings of {@link createSkimpMiddleware}: those of `createSkimpFetch`. */
export type SkimpMiddlewareOptions = SkimpFetchOptions;

/** A `Middleware` of the SDK's, which need not be told of its context. */
export type SkimpMiddleware = (request: APIRequest, next: MiddlewareNext) => Promise<Response>;

/** A call, with what sends it. */
type Call = APIRequest & { readonly next: MiddlewareNext };

/**
 * Makes a middleware for Anthropic's SDK that answers calls for messages from the cache, and
 * shortens what it cannot answer when asked to: see `createSkimpFetch` in `skimp/fetch`, whose
 * headers and options it shares. Tool use, batches and all other calls go through.
 *
 * The SDK does not count the time that skimp takes against its `timeout`. On Bedrock and Vertex it
 * shows middleware the calls as Anthropic's own API has them, so skimp works there, too.
 *
 * @param optimizer - Made by `createOptimizer`.
 * @param options - See {@link SkimpMiddlewareOptions}.
 * @throws {@link SkimpError} `invalid-option`, at once, for a value of `compress` out of range or
 * an unknown format in `endpoints`.
 * @returns A middleware. Make one and keep it: it knows how earlier turns were sent. It throws only
 * what sending the request throws, or the reason of the request's signal.
 * @example
 * const optimizer = createOptimizer({ scope: userId });
 * const client = new Anthropic({ apiKey, middleware: [createSkimpMiddleware(optimizer)] });
 */
export function createSkimpMiddleware(
  optimizer: Optimizer,
  options: SkimpMiddlewareOptions = {},
): SkimpMiddleware {
  const send: typeof fetch = (_url, init) => {
    const { next, ...request } = init as Call; // what the middleware passes in; skimp copies all fields
    return next(request);
  };
  const skimpFetch = createSkimpFetch(optimizer, send, options);
  return (request, next) => {
    const call: Call = { ...request, next };
    return skimpFetch(request.url, call);
  };
}
