import type { Outcome } from './wire/wire-format.js';

/** Makes an outcome of what passes. */
export interface AnswerReader<Chunk> {
  /** Takes the next chunk. @returns the outcome, as soon as more chunks cannot change it. */
  push(chunk: Chunk): Outcome | undefined;
  /** Ends the reading: there are no more chunks. */
  finish(): Outcome;
}

/** What is told while an answer passes. */
export type AnswerListener = {
  /** A piece of it has passed. */
  onProgress(): void;
  /** Called once, when the outcome is known: before the end of the answer, if possible. */
  onOutcome(outcome: Outcome): void;
  /** A defect of ours, which the app does not see. */
  onDefect(error: unknown): void;
};

/**
 * Lets a reader read a stream along. A transform, and no `tee()`: the app's `cancel()` reaches the
 * source, and nothing is read faster than the app reads. `flush` does not run on a cancel; `pipeTo`
 * tells both.
 */
export function readAlong<Chunk>(
  stream: ReadableStream<Chunk>,
  reader: AnswerReader<Chunk>,
  listener: AnswerListener,
): ReadableStream<Chunk> {
  let isOver = false;

  function observe(read: () => Outcome | undefined): void {
    if (isOver) return;
    try {
      const outcome = read();
      if (outcome !== undefined) end(outcome);
    } catch (error) {
      end('the answer could not be read along');
      listener.onDefect(error);
    }
  }

  function end(outcome: Outcome): void {
    isOver = true;
    listener.onOutcome(outcome);
  }

  const { readable, writable } = new TransformStream<Chunk, Chunk>({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      observe(() => {
        listener.onProgress();
        return reader.push(chunk);
      });
    },
  });
  stream.pipeTo(writable).then(
    () => observe(() => reader.finish()),
    () => observe(() => 'the answer was aborted or broke off'),
  );
  return readable;
}
