import type { TokenCounter } from '../shared/compression.js';
import type { Json, PromptRequest } from '../shared/prompt-request.js';
import type { Prices, Savings, SparedCall } from '../shared/savings.js';
import { estimateTokens, loadTokenCounter } from './compress/token-counting.js';
import type { CountTokens } from './compress/token-counting.js';
import { findPrice } from './find-price.js';

/** Strings longer than this without a space are data (an image in base64), which no text counter fits. */
const MAX_WORD_LENGTH = 2_000;

export type MeasureOptions = { readonly counter: TokenCounter; readonly prices: Prices };

/** Tokens and money of a call that was spared. */
export type MeasuredCall = Pick<
  Savings,
  'promptTokens' | 'completionTokens' | 'usd' | 'estimatedCalls' | 'unpricedCalls'
>;

/** Where the exact counter's code cannot be loaded, the estimate will do. */
export async function measureCall(
  { models, tokens }: SparedCall,
  { counter, prices }: MeasureOptions,
): Promise<MeasuredCall> {
  const isCounted = 'promptTokens' in tokens;
  const { promptTokens, completionTokens } = isCounted
    ? tokens
    : countCall(await loadTokenCounter(counter).catch(() => estimateTokens), tokens);
  const price = findPrice(models, prices);
  const { inputPerMillion, outputPerMillion } = price ?? NO_PRICE;
  return {
    promptTokens,
    completionTokens,
    usd: (promptTokens * inputPerMillion + completionTokens * outputPerMillion) / 1_000_000,
    estimatedCalls: isCounted ? 0 : 1,
    unpricedCalls: price === undefined ? 1 : 0,
  };
}

const NO_PRICE = { inputPerMillion: 0, outputPerMillion: 0 };

/** Tokens of the turns' texts: what tools, images and formats add is not in it. */
function countCall(
  count: CountTokens,
  { request, answer }: { readonly request: PromptRequest; readonly answer: string },
) {
  const texts = [...listTexts(request.context), request.query];
  return {
    promptTokens: texts.reduce((sum, text) => sum + count(text), 0),
    completionTokens: count(answer),
  };
}

function listTexts(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return isData(value) ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values<Json | undefined>(value).flatMap(listTexts);
}

function isData(text: string): boolean {
  return text.length > MAX_WORD_LENGTH && !/\s/.test(text.slice(0, MAX_WORD_LENGTH));
}
