/** What an app hands to `fetch`. */
export type FetchArguments = Parameters<typeof fetch>;

/**
 * The same call without these headers (in lower case); the very same one where it has none of them.
 * A `Request` given as the second argument, which is no plain data, is left alone.
 */
export function withoutHeaders(args: FetchArguments, names: readonly string[]): FetchArguments {
  const [input, init] = args;
  if (init instanceof Request) return args;
  const source = init?.headers ?? (input instanceof Request ? input.headers : undefined);
  const headers = new Headers(source);
  if (source === undefined || !names.some((name) => headers.has(name))) return args;
  const rest = dropHeaders(source, names);
  // A `Request` would lose its referrer to an init that it did not have before.
  return input instanceof Request && init?.headers === undefined
    ? [new Request(input, { headers: rest, ...toReferrer(input) }), init]
    : [input, { ...init, headers: rest }];
}

/** The fields that `new Request(request, init)` would forget. */
export function toReferrer({ referrer, referrerPolicy }: Request): RequestInit {
  return { referrer, referrerPolicy };
}

/** In the shape that the app chose, for a `baseFetch` of the app's that reads it. */
function dropHeaders(headers: HeadersInit, names: readonly string[]): HeadersInit {
  const isKept = ([name]: readonly string[]) => !names.includes(name?.toLowerCase() ?? '');
  if (Array.isArray(headers)) return headers.filter(isKept);
  if (!(headers instanceof Headers)) {
    return Object.fromEntries(Object.entries(headers).filter(isKept));
  }
  const rest = new Headers(headers);
  for (const name of names) rest.delete(name);
  return rest;
}
