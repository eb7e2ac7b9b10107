import type { StoredResponse } from '../../shared/prompt-request.js';
import { createReplayBody, splitText } from './replay-body.js';
import type { ReplayOptions } from './wire-format.js';

/** Tells a stored answer as a UI message stream. The page gives the message its id. */
export function replayUiMessages(
  { text }: StoredResponse,
  { id, signal }: ReplayOptions,
): Response {
  const chunks = [
    { type: 'start' },
    { type: 'start-step' },
    { type: 'text-start', id: '0' },
    ...splitText(text).map((delta) => ({ type: 'text-delta', id: '0', delta })),
    { type: 'text-end', id: '0' },
    { type: 'finish-step' },
    { type: 'finish', finishReason: 'stop' },
  ];
  const events = [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'];
  const pieces = events.map((data) => `data: ${data}\n\n`);
  const headers = {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    'x-vercel-ai-ui-message-stream': 'v1',
    'x-request-id': `skimp-${id}`,
  };
  return new Response(createReplayBody(pieces, signal), { headers });
}
