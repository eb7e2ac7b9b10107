import type { CompressionResult } from './compression.js';

/** A text as it was, where nothing could be done with it; its tokens are a guess. */
export function toUnchanged(
  text: string,
  tokens: number = Math.ceil(text.length / 4), // about what English has
): CompressionResult {
  return {
    text,
    kept: text === '' ? [] : [[0, text.length]],
    originalTokens: tokens,
    keptTokens: tokens,
    milliseconds: 0,
    skipped: 'unavailable',
  };
}
