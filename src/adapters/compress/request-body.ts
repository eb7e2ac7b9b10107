import { type FetchArguments, toReferrer, withoutHeaders } from '../fetch-arguments.js';

/**
 * The body of a call as text, of which the very same bytes can be made again; `undefined` for one
 * that is no such text, or can be read only once. Uses nothing up.
 */
export async function readExactBody([input, init]: FetchArguments): Promise<string | undefined> {
  const body = init?.body ?? undefined;
  if (typeof body === 'string') return body;
  const bytes = await readBytes(input, body);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // not UTF-8
  }
}

async function readBytes(
  input: FetchArguments[0],
  body: BodyInit | undefined,
): Promise<AllowSharedBufferSource | undefined> {
  if (body === undefined) {
    return input instanceof Request && !input.bodyUsed ? input.clone().arrayBuffer() : undefined;
  }
  if (body instanceof Blob) return body.arrayBuffer();
  return body instanceof ArrayBuffer || ArrayBuffer.isView(body) ? body : undefined;
}

/** The same call with `text` as its body: in all else, the type that the body implies too. */
export function withBody(args: FetchArguments, text: string): FetchArguments {
  const [input, init] = withoutHeaders(args, ['content-length']);
  const body = init?.body ?? undefined;
  if (body !== undefined) return [input, { ...init, body: toSameKind(body, text) }];
  if (!(input instanceof Request)) return args;
  // Bytes imply no type: the request has its own, or none.
  const bytes = new TextEncoder().encode(text);
  return [new Request(input, { body: bytes, ...toReferrer(input) }), init];
}

function toSameKind(body: BodyInit, text: string): BodyInit {
  if (typeof body === 'string') return text;
  return body instanceof Blob
    ? new Blob([text], { type: body.type })
    : new TextEncoder().encode(text);
}
