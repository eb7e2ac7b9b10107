import {
  type AnswerCall,
  type Respond,
  sendJson,
  toAnswerCall,
  toStructuredCall,
} from './exchange.js';

const usage = {
  input_tokens: 8,
  cache_creation_input_tokens: 1,
  cache_read_input_tokens: 2,
  output_tokens: 7,
};
const toolUse = { type: 'tool_use', id: 'toolu_1', name: 'get_time', input: {} };

/** Speaks Anthropic's messages. */
export const respondInAnthropicMessages: Respond = (exchange) => {
  const { messages, output_config: outputConfig } = exchange.body;
  const call = toStructuredCall(toAnswerCall(exchange, messages), outputConfig);
  return (behaviours[call.model] ?? sendAnswer)(call);
};

/** What happens, by the name of the model; any other model answers well. */
const behaviours: Readonly<Record<string, (call: AnswerCall) => Promise<void> | void>> = {
  'status-400': (call) => sendError(call, 400),
  'status-429': (call) => sendError(call, 429),
  'status-500': (call) => sendError(call, 500),
  'hold-head': async (call) => {
    await call.world.released;
    sendAnswer(call);
  },
  'hold-middle': async (call) => {
    const { send, sendText } = openStream(call);
    sendText('first ');
    await call.world.released;
    sendText('second');
    send({ type: 'content_block_stop', index: 0 });
    endStream(call, 'end_turn');
  },
  'sse-error': (call) => {
    const { send, sendText } = openStream(call);
    sendText('so far ');
    send({ type: 'error', error: { type: 'overloaded_error', message: 'overloaded' } });
    call.reply.end();
  },
  'tool-call': (call) => sendBlocks(call, [toolUse], 'tool_use'),
  thinking: (call) => {
    const thinking = { type: 'thinking', thinking: 'Hm.', signature: 'x' };
    sendBlocks(call, [thinking, toText(call.text)], 'end_turn');
  },
  length: (call) => sendBlocks(call, [toText('cut off')], 'max_tokens'),
  refusal: (call) => sendBlocks(call, [toText('I')], 'refusal'),
  truncated: (call) => {
    openStream(call).sendText('half an ans');
    call.reply.end();
  },
};

function toText(text: string) {
  return { type: 'text', text, citations: null };
}

function toMessage({ model }: AnswerCall, content: readonly object[], stopReason: string | null) {
  return {
    id: 'msg_upstream',
    type: 'message',
    role: 'assistant',
    model: `${model}-2026-01-01`,
    content,
    stop_reason: stopReason,
    stop_sequence: null,
    usage: stopReason === null ? { ...usage, output_tokens: 1 } : usage,
  };
}

function sendAnswer(call: AnswerCall): void {
  if (!call.stream) return sendBlocks(call, [toText(call.text)], 'end_turn');
  const { send, sendText } = openStream(call);
  send({ type: 'ping' });
  for (const word of call.text.split(/(?<= )/)) sendText(word);
  send({ type: 'content_block_stop', index: 0 });
  endStream(call, 'end_turn');
}

/** An answer of these blocks, each in one piece; what a stream begins a block with may be all of it. */
function sendBlocks(call: AnswerCall, blocks: readonly object[], stopReason: string): void {
  if (!call.stream) {
    call.reply.setHeader('request-id', 'req-upstream');
    return sendJson(call.reply, toMessage(call, blocks, stopReason));
  }
  const send = openMessage(call);
  for (const [index, block] of blocks.entries()) {
    send({ type: 'content_block_start', index, content_block: block });
    send({ type: 'content_block_stop', index });
  }
  endStream(call, stopReason);
}

function sendError({ reply }: AnswerCall, status: number): void {
  reply.statusCode = status;
  reply.setHeader('retry-after-ms', '1');
  const error = { type: 'api_error', message: `told to send ${status}` };
  sendJson(reply, { type: 'error', error });
}

function createSend({ reply }: AnswerCall) {
  return (event: { readonly type: string; readonly [name: string]: unknown }) => {
    reply.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  };
}

function openMessage(call: AnswerCall) {
  call.reply.setHeader('content-type', 'text/event-stream; charset=utf-8');
  call.reply.setHeader('request-id', 'req-upstream');
  const send = createSend(call);
  send({ type: 'message_start', message: toMessage(call, [], null) });
  return send;
}

/** Begins a message of one text. */
function openStream(call: AnswerCall) {
  const send = openMessage(call);
  send({ type: 'content_block_start', index: 0, content_block: toText('') });
  const sendText = (text: string) =>
    send({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });
  return { send, sendText };
}

function endStream(call: AnswerCall, stopReason: string): void {
  const send = createSend(call);
  const delta = { stop_reason: stopReason, stop_sequence: null };
  send({ type: 'message_delta', delta, usage: { output_tokens: usage.output_tokens } });
  send({ type: 'message_stop' });
  call.reply.end();
}
