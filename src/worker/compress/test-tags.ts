import type { Range } from './protect/span.js';

/** Where the tags of a test's text stand; it has no other `<`. */
export function findTestTags(text: string): readonly Range[] {
  return Array.from(text.matchAll(/<[^<>]*>/g), ({ 0: tag, index }): Range => [
    index,
    index + tag.length,
  ]);
}
