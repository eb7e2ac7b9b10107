import { AIMessage } from '@langchain/core/messages';
import type { ChatGeneration, Generation } from '@langchain/core/outputs';
import type { CacheHit } from '../../shared/decision.js';

/** What {@link toGenerations} needs to know of the call. */
export type ReplayTarget = {
  /** Whether a chat model asks, and not a completion model. */
  readonly isChat: boolean;
  /** Id of the message. A stored one, told again, would replace the first in a LangGraph state. */
  readonly id: string;
};

/** A stored answer as LangChain's models give it; LangChain sets the usage of what was cached to zero. */
export function toGenerations(
  { response, tier, key, similarity, ageMs }: CacheHit,
  { isChat, id }: ReplayTarget,
): Generation[] {
  const { text, model } = response;
  const skimp = { tier, key, similarity, ageMs };
  if (!isChat) return [{ text, generationInfo: { finishReason: 'stop', skimp } }];
  const message = new AIMessage({
    id,
    content: text,
    response_metadata: { finish_reason: 'stop', model_name: model, skimp },
  });
  const generation: ChatGeneration = { text, message, generationInfo: { finish_reason: 'stop' } };
  return [generation];
}
