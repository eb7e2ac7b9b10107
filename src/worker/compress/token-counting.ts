import { estimateTokenCount } from 'tokenx';
import type { TokenCounter } from '../../shared/compression.js';

/** Runs of one kind that are counted by themselves: what merges pairs takes quadratic time on them. */
const LONG_RUN = /[^\s\d]{1024}|\s{1024}/gu;

/** Text -> tokens. */
export type CountTokens = (text: string) => number;

/** Some 5 % off for English; takes no time to load. */
export const estimateTokens: CountTokens = (text) => estimateTokenCount(text);

/** @throws when the exact counter's code cannot be loaded. */
export async function loadTokenCounter(counter: TokenCounter): Promise<CountTokens> {
  if (counter === 'estimate') return estimateTokens;
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  // What looks like a special token is text here.
  const options = { disallowedSpecial: new Set<string>() };
  return (text) => {
    let count = 0;
    let from = 0;
    for (const { 0: run, index } of text.matchAll(LONG_RUN)) {
      count += countTokens(text.slice(from, index), options) + countTokens(run, options);
      from = index + run.length;
    }
    return count + countTokens(from === 0 ? text : text.slice(from), options);
  };
}
