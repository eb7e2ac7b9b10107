import { createMessagesCollector } from './anthropic-messages-collect.js';
import { replayMessages } from './anthropic-messages-replay.js';
import { parseMessagesRequest } from './anthropic-messages-request.js';
import type { WireFormat } from './wire-format.js';

/** Anthropic's messages. */
export const anthropicMessages: WireFormat = {
  parseRequest: parseMessagesRequest,
  replay: replayMessages,
  createCollector: createMessagesCollector,
};
