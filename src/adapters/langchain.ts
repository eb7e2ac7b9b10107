import { BaseCache } from '@langchain/core/caches';
import type { Generation } from '@langchain/core/outputs';
import type { Optimizer } from '../client/optimizer.js';
import { toGenerations } from './langchain/to-generations.js';
import { toOutcome } from './langchain/to-outcome.js';
import { toPromptRequest } from './langchain/to-prompt-request.js';
import { report, reportFallback } from './report.js';

/** Settings of {@link SkimpCache}. */
export type SkimpCacheOptions = {
  /** For tests: milliseconds since the epoch. @default Date.now */
  now?: () => number;
  /** For tests: the id of a replayed message. @default `skimp-` and a random UUID */
  createId?: () => string;
};

/** Calls under way whose start is remembered; one that fails is never heard of again. */
const MAX_STARTS = 64;

/**
 * The cache of a LangChain model, for the option `cache` of chat and completion models: `invoke`,
 * `batch` and `generate` are answered from it where an earlier answer fits. `stream` never asks a
 * LangChain cache: where the integration takes a `fetch`, give it `createSkimpFetch` instead, which
 * serves streams too, and leave `cache` unset.
 *
 * A replayed message has a fresh id, zero usage and `response_metadata.skimp`: `tier` (`exact` or
 * `semantic`), `similarity`, `ageMs` and `key` (for `reportWrongHit`). Kept are single plain texts
 * that ended well; tool calls, refusals and cut answers are not.
 *
 * Two calls share answers when the model's settings (LangChain's `llmKey`, which holds the API key
 * and is hashed before it goes anywhere) and everything before the newest human message are equal.
 * LangChain (from 1.2 on; older ones leave images out) writes a chat as one text, in which all images
 * look the same: prompts with `[image]` or another bracketed word of four small letters or more are
 * left alone. Parts of type `non_standard` or without a type are not in that text at all, so do not
 * cache a model that gets them. And `generate` with several prompts of which some hit mixes up their answers in LangChain
 * (1.4), whatever the cache: use `batch`.
 *
 * Neither method rejects: where skimp fails, the call goes to the model and an event says why.
 *
 * @example
 * const optimizer = createOptimizer({ scope: userId });
 * const model = new ChatOpenAI({ model: 'gpt-5-mini', apiKey, cache: new SkimpCache(optimizer) });
 */
export class SkimpCache extends BaseCache {
  readonly #optimizer: Optimizer;
  readonly #now: () => number;
  readonly #createId: () => string;
  /** When calls that missed went out, by digest of the settings and prompt. */
  readonly #starts = new Map<string, number>();

  /** @param optimizer - Made by `createOptimizer`. */
  constructor(
    optimizer: Optimizer,
    { now = Date.now, createId = createRandomId }: SkimpCacheOptions = {},
  ) {
    super();
    this.#optimizer = optimizer;
    this.#now = now;
    this.#createId = createId;
  }

  /** The stored answer that fits, or `null`. */
  override async lookup(prompt: string, llmKey: string): Promise<Generation[] | null> {
    try {
      const request = await toPromptRequest(prompt, llmKey);
      if (typeof request === 'string') {
        report(this.#optimizer, { type: 'cache-skip', reason: request });
        return null;
      }
      const result = await this.#optimizer.lookup(request);
      if (result.kind === 'hit') {
        const isChat = !llmKey.includes('_model:"base_llm"');
        return toGenerations(result, { isChat, id: this.#createId() });
      }
      this.#noteStart(JSON.stringify(request));
    } catch (error) {
      reportFallback(this.#optimizer, error);
    }
    return null;
  }

  /** Keeps an answer, if it is of a kind to keep. */
  override async update(prompt: string, llmKey: string, value: Generation[]): Promise<void> {
    try {
      const request = await toPromptRequest(prompt, llmKey);
      if (typeof request === 'string') return; // `lookup` has said so
      const latencyMs = this.#takeLatency(JSON.stringify(request));
      const outcome = toOutcome(value);
      if (typeof outcome === 'string') {
        report(this.#optimizer, { type: 'cache-skip', reason: outcome });
        return;
      }
      await this.#optimizer.store(request, { ...outcome, ...latencyMs });
    } catch (error) {
      reportFallback(this.#optimizer, error);
    }
  }

  #noteStart(call: string): void {
    this.#starts.delete(call);
    this.#starts.set(call, this.#now());
    const [oldest] = this.#starts.keys();
    if (this.#starts.size > MAX_STARTS && oldest !== undefined) this.#starts.delete(oldest);
  }

  #takeLatency(call: string): { latencyMs?: number } {
    const startedAt = this.#starts.get(call);
    this.#starts.delete(call);
    return startedAt === undefined ? {} : { latencyMs: Math.max(0, this.#now() - startedAt) };
  }
}

const createRandomId = () => `skimp-${crypto.randomUUID()}`;
