import type { AnswerType, Collector, Outcome, WireFormat } from './wire-format.js';

const encoder = new TextEncoder();

/** The collector of a format for a type of answer that it reads. */
export function openCollector(format: WireFormat, type: AnswerType): Collector {
  const collector = format.createCollector(type);
  if (typeof collector === 'string') throw new Error(collector);
  return collector;
}

/** What a format makes of an answer in chunks of so many bytes; the outcome, as early as it is known. */
export function collectText(
  format: WireFormat,
  type: AnswerType,
  text: string,
  chunkBytes = 65_536,
): Outcome {
  const collector = openCollector(format, type);
  const bytes = encoder.encode(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const outcome = collector.push(bytes.subarray(at, at + chunkBytes));
    if (outcome !== undefined) return outcome;
  }
  return collector.finish();
}
