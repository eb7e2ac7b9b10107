import type { AnswerType, Collector, WireFormat } from './wire-format.js';

/** The collector of a format for a type of answer that it reads. */
export function openCollector(format: WireFormat, type: AnswerType): Collector {
  const collector = format.createCollector(type);
  if (typeof collector === 'string') throw new Error(collector);
  return collector;
}
