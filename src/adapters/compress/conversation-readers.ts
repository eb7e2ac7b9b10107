import type { ReadConversation } from '../wire/conversation.js';
import type { WireName } from '../wire/endpoints.js';

/** What finds the turns in a body, a file for each format. */
const loaders: Readonly<Record<WireName, () => Promise<ReadConversation>>> = {
  'openai-chat': async () =>
    (await import('../wire/openai-chat-conversation.js')).readChatConversation,
  'openai-responses': async () =>
    (await import('../wire/openai-responses-conversation.js')).readResponsesConversation,
  'anthropic-messages': async () =>
    (await import('../wire/anthropic-messages-conversation.js')).readMessagesConversation,
  'ui-messages': loadRouteReader,
  text: loadRouteReader,
};

async function loadRouteReader(): Promise<ReadConversation> {
  return (await import('../wire/app-route-conversation.js')).readRouteConversation;
}

/** @throws what the import does: the network may be gone. */
export function loadConversationReader(name: WireName): Promise<ReadConversation> {
  return loaders[name]();
}
