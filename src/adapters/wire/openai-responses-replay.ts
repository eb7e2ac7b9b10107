import type { Json, StoredResponse } from '../../shared/prompt-request.js';
import type { JsonObject } from './json.js';
import { createReplayBody, splitText } from './replay-body.js';
import type { ReplayOptions } from './wire-format.js';

/** Nothing was spent on this answer. */
const usage = {
  input_tokens: 0,
  input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
  output_tokens: 0,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 0,
};

/**
 * Tells a stored answer as a response, whole or as a stream. Where the provider keeps its answers it
 * has the id of the first telling: the app may go on from it by `previous_response_id`.
 */
export function replayResponses(response: StoredResponse, options: ReplayOptions): Response {
  const { stream, id, signal } = options;
  const pieces = stream
    ? toEvents(response, options)
    : [JSON.stringify(toCompleted(response, options))];
  const type = stream ? 'text/event-stream; charset=utf-8' : 'application/json';
  const headers = { 'content-type': type, 'x-request-id': `skimp-${id}` };
  return new Response(createReplayBody(pieces, signal), { headers });
}

/** All that a response must have; what echoes the request is at its default. */
function toHead(response: StoredResponse, options: ReplayOptions): JsonObject {
  const { model } = response;
  const { id, at, isStored = false } = options;
  return {
    id: (isStored ? response.id : undefined) ?? `resp_${id}`,
    object: 'response',
    created_at: Math.floor(at / 1000),
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    metadata: {},
    model,
    output: [],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    store: isStored,
    temperature: null,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: null,
    truncation: 'disabled',
    usage: null,
  };
}

function toCompleted(response: StoredResponse, options: ReplayOptions): JsonObject {
  const head = toHead(response, options);
  const output = [toMessage(options, 'completed', [toPart(response.text)])];
  return { ...head, status: 'completed', completed_at: head.created_at, output, usage };
}

function toMessage({ id }: ReplayOptions, status: string, content: readonly Json[]) {
  return { id: `msg_${id}`, type: 'message', status, role: 'assistant', content };
}

function toPart(text: string) {
  return { type: 'output_text', annotations: [], logprobs: [], text };
}

function toEvents(response: StoredResponse, options: ReplayOptions): string[] {
  const { text } = response;
  const head = toHead(response, options);
  const inItem = { output_index: 0, item_id: `msg_${options.id}` };
  const inPart = { ...inItem, content_index: 0 };
  const toItem = (...[status, content]: [string, readonly Json[]]) => ({
    output_index: 0,
    item: toMessage(options, status, content),
  });
  const events: readonly (readonly [string, JsonObject])[] = [
    ['response.created', { response: head }],
    ['response.in_progress', { response: head }],
    ['response.output_item.added', toItem('in_progress', [])],
    ['response.content_part.added', { ...inPart, part: toPart('') }],
    ...splitText(text).map(
      (delta) => ['response.output_text.delta', { ...inPart, delta, logprobs: [] }] as const,
    ),
    ['response.output_text.done', { ...inPart, text, logprobs: [] }],
    ['response.content_part.done', { ...inPart, part: toPart(text) }],
    ['response.output_item.done', toItem('completed', [toPart(text)])],
    ['response.completed', { response: toCompleted(response, options) }],
  ];
  return events.map(([type, fields], index) => {
    const data = JSON.stringify({ type, sequence_number: index, ...fields });
    return `event: ${type}\ndata: ${data}\n\n`;
  });
}
