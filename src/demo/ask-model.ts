import type { TokenUsage } from '../shared/prompt-request.js';
import { readAnswer } from './read-answer.js';
import type { DemoSettings } from './settings.js';
import { type ChatMessage, toUpstreamCall } from './upstream.js';

/**
 * Asks the connected model, past the cache, and yields the pieces of its answer.
 *
 * @param onUsage - Told what the provider counted, where it says so.
 * @throws {@link AnswerError} or {@link SettingsError}, whose messages are for people, what `fetch`
 *   throws, or the signal's reason.
 */
export type AskModel = (
  messages: readonly ChatMessage[],
  signal: AbortSignal,
  onUsage?: (usage: TokenUsage) => void,
) => AsyncGenerator<string, void>;

export type AskModelOptions = {
  readonly settings: () => DemoSettings;
  readonly fetch: typeof fetch;
};

export function createAskModel({ settings, fetch }: AskModelOptions): AskModel {
  return async function* askModel(messages, signal, onUsage) {
    const { url, init } = toUpstreamCall(settings(), messages);
    for await (const piece of readAnswer(await fetch(url, { ...init, signal }), onUsage)) {
      signal.throwIfAborted();
      yield piece;
    }
  };
}
