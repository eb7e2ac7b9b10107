import { createResponsesCollector } from './openai-responses-collect.js';
import { replayResponses } from './openai-responses-replay.js';
import { parseResponsesRequest } from './openai-responses-request.js';
import type { WireFormat } from './wire-format.js';

/** OpenAI's responses. */
export const openaiResponses: WireFormat = {
  parseRequest: parseResponsesRequest,
  replay: replayResponses,
  createCollector: createResponsesCollector,
};
