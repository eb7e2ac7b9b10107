import { createEventReader } from './event-reader.js';
import type { Collector, Outcome } from './wire-format.js';

/** Reads an answer of one piece; `toOutcome` gets its text. */
export function createWholeCollector(toOutcome: (text: string) => Outcome): Collector {
  const decoder = new TextDecoder();
  let text = '';
  return {
    push(chunk) {
      text += decoder.decode(chunk, { stream: true });
      return undefined;
    },
    finish: () => toOutcome(text),
  };
}

/**
 * Reads a stream of server-sent events.
 *
 * @param readData - Takes the data of the next event; the outcome ends the reading.
 * @param toOutcome - What a stream that just ends comes to.
 */
export function createEventCollector(
  readData: (data: string) => Outcome | undefined,
  toOutcome: () => Outcome,
): Collector {
  let outcome: Outcome | undefined;
  const reader = createEventReader((data) => {
    outcome ??= readData(data);
  });
  return {
    push(chunk) {
      reader.push(chunk);
      return outcome;
    },
    finish: () => outcome ?? toOutcome(),
  };
}
