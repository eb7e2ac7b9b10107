import { createOpenAI } from '@ai-sdk/openai';
import type { SharedV4ProviderOptions } from '@ai-sdk/provider';
import { type StreamTextResult, type ToolSet, wrapLanguageModel } from 'ai';
import { createSkimpMiddleware, type SkimpMiddlewareOptions } from './ai-sdk.js';
import type { SkimpCallOptions } from './ai-sdk/take-wish.js';
import { createWorld } from './test-world.js';

// Its code is waited for no longer than an app's user would; a busy machine takes longer.
await import('./ai-sdk/answer-forms.js');

type WorldOptions = Parameters<typeof createWorld>[0];

/** The AI SDK with a provider of its own, an optimizer and a server, for one test. */
export function createAiSdkWorld(
  options: WorldOptions = {},
  middlewareOptions: SkimpMiddlewareOptions = {},
) {
  const world = createWorld(options);
  const openai = createOpenAI({ apiKey: 'sk-secret', baseURL: world.baseURL });
  let ids = 0;
  const middleware = createSkimpMiddleware(world.optimizer, {
    now: options.now ?? (() => 5_000_000),
    createId: () => `id${++ids}`,
    ...middlewareOptions,
  });
  /** What a test asks; retries are its own concern. */
  const ask = (prompt: string, name = 'gpt-test') => ({
    model: wrapLanguageModel({ model: openai.chat(name), middleware }),
    prompt,
    maxRetries: 0,
  });
  return { ...world, openai, middleware, ask };
}

/** The options of one call that are skimp's. */
export function wish(skimp: SkimpCallOptions): { providerOptions: SharedV4ProviderOptions } {
  return { providerOptions: { skimp } };
}

/** Reads a stream to its end, its errors too. */
export async function read({ stream }: Pick<StreamTextResult<ToolSet, never, never>, 'stream'>) {
  const deltas: string[] = [];
  const errors: unknown[] = [];
  for await (const part of stream) {
    if (part.type === 'text-delta') deltas.push(part.text);
    if (part.type === 'error') errors.push(part.error);
  }
  return { deltas, text: deltas.join(''), errors };
}
