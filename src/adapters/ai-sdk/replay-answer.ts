import type {
  JSONObject,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import type { CacheHit } from '../../shared/decision.js';
import { toHitHeaders } from '../hit-headers.js';
import { createReplayStream, splitText } from '../wire/replay-body.js';

/** How a stored answer is to be told again. */
export type ReplayOptions = {
  /** The varying part of the answer's id. */
  readonly id: string;
  /** Time of the replay, in milliseconds since the epoch. */
  readonly at: number;
  readonly signal: AbortSignal | undefined;
};

/** Nothing was spent on this answer. */
const usage: LanguageModelV4Usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

const finishReason: LanguageModelV4FinishReason = { unified: 'stop', raw: undefined };

/** Tells an answer from the cache in one piece. */
export function replayWhole(hit: CacheHit, options: ReplayOptions): LanguageModelV4GenerateResult {
  return {
    content: [{ type: 'text', text: hit.response.text }],
    finishReason,
    usage,
    warnings: [],
    providerMetadata: { skimp: toMetadata(hit) },
    response: { ...toHead(hit, options), headers: toHitHeaders(hit) },
  };
}

/** Tells an answer from the cache as a stream. */
export function replayStream(hit: CacheHit, options: ReplayOptions): LanguageModelV4StreamResult {
  const id = '0';
  const parts: LanguageModelV4StreamPart[] = [
    { type: 'stream-start', warnings: [] },
    { type: 'response-metadata', ...toHead(hit, options) },
    { type: 'text-start', id },
    ...splitText(hit.response.text).map((delta) => ({ type: 'text-delta', id, delta }) as const),
    { type: 'text-end', id },
    { type: 'finish', finishReason, usage, providerMetadata: { skimp: toMetadata(hit) } },
  ];
  const stream = createReplayStream(parts, options.signal);
  return { stream, response: { headers: toHitHeaders(hit) } };
}

function toHead({ response }: CacheHit, { id, at }: ReplayOptions) {
  return { id: `skimp-${id}`, timestamp: new Date(at), modelId: response.model };
}

/** `usage` and `latencyMs` are what the answer cost at first. */
function toMetadata({ tier, key, similarity, ageMs, response }: CacheHit): JSONObject {
  const { usage: spent, latencyMs } = response;
  return {
    cache: 'hit',
    tier,
    key,
    similarity,
    ageMs,
    ...(spent && {
      usage: { inputTokens: spent.promptTokens, outputTokens: spent.completionTokens },
    }),
    ...(latencyMs !== undefined && { latencyMs }),
  };
}
