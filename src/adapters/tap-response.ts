import { type AnswerListener, type AnswerReader, readAlong } from './read-along.js';
import type { AnswerType, Collector, Reason } from './wire/wire-format.js';

/** Bytes of an answer past which it is not kept: some hundred times a long one. */
const MAX_ANSWER_BYTES = 4_194_304;

/** What {@link tapResponse} calls. */
export type Tap = AnswerListener & {
  createCollector(type: AnswerType): Collector | Reason;
};

/** Lets a collector read along, and returns a response that is to the app what `response` was. */
export function tapResponse(response: Response, tap: Tap): Response {
  const { body, status } = response;
  const type = toAnswerType(response.headers);
  const skip = (reason: Reason) => {
    tap.onOutcome(reason);
    return response;
  };
  if (status !== 200) return skip(`status ${status}`);
  if (type === undefined) return skip('neither JSON, events nor text');
  if (body === null || body.locked) return skip('the answer has no body to read');
  const collector = tap.createCollector(type);
  if (typeof collector === 'string') return skip(collector);
  return withBody(response, readAlong(body, withinBounds(collector), tap));
}

const answerTypes = ['application/json', 'text/event-stream', 'text/plain'] as const;

function toAnswerType(headers: Headers): AnswerType | undefined {
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  return answerTypes.find((known) => known === type);
}

function withBody(response: Response, body: ReadableStream<Uint8Array<ArrayBuffer>>): Response {
  const { url, redirected, type } = response;
  return Object.defineProperties(new Response(body, response), {
    url: { value: url },
    redirected: { value: redirected },
    type: { value: type },
  });
}

function withinBounds(collector: Collector): AnswerReader<Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return {
    push(chunk) {
      bytes += chunk.byteLength;
      return bytes > MAX_ANSWER_BYTES ? 'the answer is too long' : collector.push(chunk);
    },
    finish: () => collector.finish(),
  };
}
