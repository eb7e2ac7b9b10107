import type { AnswerType, Collector, Outcome, Reason } from './wire/wire-format.js';

/** Bytes of an answer past which it is not kept: some hundred times a long one. */
const MAX_ANSWER_BYTES = 4_194_304;

/** What {@link tapResponse} calls. */
export type Tap = {
  createCollector(type: AnswerType): Collector | Reason;
  /** Bytes have passed. */
  onProgress(): void;
  /** Called once, when the outcome is known: before the end of the body, if possible. */
  onOutcome(outcome: Outcome): void;
  /** A defect of ours, which the app does not see. */
  onDefect(error: unknown): void;
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
  return withBody(response, passThrough(body, collector, tap));
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

/**
 * A transform, and neither `clone()` nor `tee()`: the app's `cancel()` reaches the network, and
 * nothing is read faster than the app reads. `flush` does not run on a cancel; `pipeTo` tells both.
 */
function passThrough(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  collector: Collector,
  tap: Tap,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isOver = false;
  let bytes = 0;

  function observe(read: () => Outcome | undefined): void {
    if (isOver) return;
    try {
      const outcome = read();
      if (outcome !== undefined) end(outcome);
    } catch (error) {
      end('the answer could not be read along');
      tap.onDefect(error);
    }
  }

  function end(outcome: Outcome): void {
    isOver = true;
    tap.onOutcome(outcome);
  }

  const { readable, writable } = new TransformStream<
    Uint8Array<ArrayBuffer>,
    Uint8Array<ArrayBuffer>
  >({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      observe(() => {
        tap.onProgress();
        bytes += chunk.byteLength;
        return bytes > MAX_ANSWER_BYTES ? 'the answer is too long' : collector.push(chunk);
      });
    },
  });
  body.pipeTo(writable).then(
    () => observe(() => collector.finish()),
    () => observe(() => 'the answer was aborted or broke off'),
  );
  return readable;
}
