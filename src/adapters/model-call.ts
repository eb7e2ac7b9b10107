import type { FetchArguments } from './fetch-arguments.js';
import { type Endpoints, findWireName, type WireName } from './wire/endpoints.js';

/** The header by which an app says `off` for one request; no server is to see it. */
export const compressHeader = 'x-skimp-compress';

/** A call of the app's that goes to a language model. */
export type ModelCall = {
  readonly wire: WireName;
  readonly url: URL;
  readonly signal: AbortSignal | undefined;
  /** `refresh`: not answered from the cache, but stored. `bypass`: neither. */
  readonly cachePolicy: 'use' | 'refresh' | 'bypass';
  /** What the app says by the header {@link compressHeader}, if anything. */
  readonly compressWish: string | undefined;
  /** Reads the body, once, without using it up; `undefined` when that cannot be done. */
  readBody(): Promise<string | undefined>;
};

/** Recognises a call by its URL and method; `undefined` for all that is none of skimp's business. */
export function toModelCall(
  [input, init]: FetchArguments,
  endpoints: Endpoints = {},
): ModelCall | undefined {
  const request = input instanceof Request ? input : undefined;
  const method = init?.method ?? request?.method ?? 'GET';
  if (method.toUpperCase() !== 'POST') return undefined;
  const url = toUrl(request?.url ?? String(input));
  const wire = url && findWireName(url, endpoints);
  if (url === undefined || wire === undefined) return undefined;
  let body: ReturnType<typeof readBody> | undefined;
  const signal = init?.signal === undefined ? request?.signal : init.signal; // null: none, as in fetch
  return {
    wire,
    url,
    signal: signal ?? undefined,
    get cachePolicy() {
      return toCachePolicy(request, init);
    },
    get compressWish() {
      return toHeaders(request, init).get(compressHeader) ?? undefined;
    },
    readBody: () => (body ??= readBody(request, init?.body)),
  };
}

function toUrl(url: string): URL | undefined {
  try {
    return new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch {
    return undefined; // `fetch` says what is wrong with it
  }
}

/**
 * What the app says by the `cache-control` header or by the option `cache`, which needs no leave
 * of another origin's CORS rules.
 */
function toCachePolicy(
  request: Request | undefined,
  init: RequestInit | undefined,
): ModelCall['cachePolicy'] {
  const control = toHeaders(request, init).get('cache-control') ?? '';
  const mode = init?.cache ?? request?.cache;
  if (mode === 'no-store' || /\bno-store\b/i.test(control)) return 'bypass';
  if (mode === 'no-cache' || mode === 'reload' || /\bno-cache\b/i.test(control)) return 'refresh';
  return 'use';
}

function toHeaders(request: Request | undefined, init: RequestInit | undefined): Headers {
  return new Headers(init?.headers ?? request?.headers);
}

async function readBody(
  request: Request | undefined,
  body: BodyInit | null | undefined,
): Promise<string | undefined> {
  if (body === undefined || body === null) {
    return request === undefined || request.bodyUsed ? undefined : request.clone().text();
  }
  if (typeof body === 'string') return body;
  if (body instanceof Blob) return body.text();
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) {
    return new TextDecoder().decode(body);
  }
  return undefined; // a stream can be read only once; forms are not JSON
}
