import { createChatCollector } from './openai-chat-collect.js';
import { replayChat } from './openai-chat-replay.js';
import { parseChatRequest } from './openai-chat-request.js';
import type { WireFormat } from './wire-format.js';

/** OpenAI's chat completions, and the many servers that speak the same. */
export const openaiChat: WireFormat = {
  parseRequest: parseChatRequest,
  replay: replayChat,
  createCollector: createChatCollector,
};
