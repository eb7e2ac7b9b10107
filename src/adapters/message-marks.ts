import type { FetchArguments } from './fetch-arguments.js';
import type { ModelCall } from './model-call.js';
import { untilAbort } from './until-abort.js';

/** How a body with a marked message looks to a search: the code that reads it is fetched only then. */
const sign = '"compress"';

/** The body of a call without the marks in its messages: they are no part of what is asked. */
export async function toUnmarked({ wire }: ModelCall, body: string): Promise<string> {
  if (!body.includes(sign)) return body;
  const { cutMarks } = await import('./wire/compress-mark.js');
  return cutMarks(body, wire);
}

/**
 * The same call without the marks in its messages. It waits for the code as long as the call lives:
 * a provider would refuse it with them.
 *
 * @throws the reason of the call's signal, and what imports throw.
 */
export async function withoutMarks(call: ModelCall, args: FetchArguments): Promise<FetchArguments> {
  const text = await call.readBody();
  if (text === undefined || !text.includes(sign)) return args;
  const { readExactBody, withBody } = await untilAbort(
    import('./compress/request-body.js'),
    call.signal,
  );
  const body = await readExactBody(args);
  if (body === undefined) return args;
  const unmarked = await untilAbort(toUnmarked(call, body), call.signal);
  return unmarked === body ? args : withBody(args, unmarked);
}
