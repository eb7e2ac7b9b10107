import type { StoredResponse } from '../../shared/prompt-request.js';
import type { JsonObject } from './json.js';
import { createReplayBody, splitText } from './replay-body.js';
import type { ReplayOptions } from './wire-format.js';

/** Nothing was spent on this answer. */
const usage = {
  cache_creation: null,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  inference_geo: null,
  input_tokens: 0,
  output_tokens: 0,
  output_tokens_details: null,
  server_tool_use: null,
  service_tier: null,
  speed: null,
};

/** How the answer ended: only such are kept. */
const end = { stop_reason: 'end_turn', stop_sequence: null, stop_details: null, container: null };

/** Tells a stored answer as a message, whole or as a stream. */
export function replayMessages(response: StoredResponse, options: ReplayOptions): Response {
  const { stream, id, signal } = options;
  const pieces = stream
    ? toEvents(response, options)
    : [JSON.stringify({ ...toHead(response, options), content: [toBlock(response.text)], ...end })];
  const type = stream ? 'text/event-stream; charset=utf-8' : 'application/json';
  const headers = { 'content-type': type, 'request-id': `skimp-${id}` };
  return new Response(createReplayBody(pieces, signal), { headers });
}

function toHead({ model }: StoredResponse, { id }: ReplayOptions): JsonObject {
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    container: null,
    diagnostics: null,
    stop_details: null,
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
}

function toBlock(text: string) {
  return { type: 'text', text, citations: null };
}

function toEvents(response: StoredResponse, options: ReplayOptions): string[] {
  const events: readonly JsonObject[] = [
    { type: 'message_start', message: toHead(response, options) },
    { type: 'content_block_start', index: 0, content_block: toBlock('') },
    ...splitText(response.text).map((text) => ({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text },
    })),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: end, usage },
    { type: 'message_stop' },
  ];
  return events.map((event) => `event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`);
}
