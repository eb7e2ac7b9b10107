import { parseRouteRequest } from './app-route-request.js';
import { createUiMessagesCollector } from './ui-messages-collect.js';
import { replayUiMessages } from './ui-messages-replay.js';
import type { WireFormat } from './wire-format.js';

/** An app's own route that answers with the AI SDK's UI message stream. */
export const uiMessages: WireFormat = {
  parseRequest: parseRouteRequest,
  replay: replayUiMessages,
  createCollector: createUiMessagesCollector,
};
