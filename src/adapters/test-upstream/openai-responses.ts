import {
  type AnswerCall,
  type Respond,
  sendJson,
  toAnswerCall,
  toStructuredCall,
} from './exchange.js';

const usage = {
  input_tokens: 11,
  input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
  output_tokens: 7,
  output_tokens_details: { reasoning_tokens: 3 },
  total_tokens: 18,
};
const reasoning = { id: 'rs_1', type: 'reasoning', summary: [], encrypted_content: 'gAAA' };
const functionCall = {
  id: 'fc_1',
  type: 'function_call',
  status: 'completed',
  call_id: 'call_1',
  name: 'get_time',
  arguments: '{}',
};

/** Speaks OpenAI's responses. */
export const respondInOpenaiResponses: Respond = (exchange) => {
  const { input, text: textConfig } = exchange.body;
  const call = toStructuredCall(toAnswerCall(exchange, input), textConfig);
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
    const { send, sendDelta } = openMessage(call);
    sendDelta('first ');
    await call.world.released;
    sendDelta('second');
    send('response.completed', { response: toResponse(call, [toMessage('first second')]) });
    call.reply.end();
  },
  'sse-error': (call) => {
    const { send, sendDelta } = openMessage(call);
    sendDelta('so far ');
    send('error', { code: 'overloaded', message: 'overloaded', param: null });
    call.reply.end();
  },
  'tool-call': (call) => sendOutput(call, functionCall),
  refusal: (call) =>
    sendOutput(call, { ...toMessage(''), content: [{ type: 'refusal', refusal: 'No.' }] }),
  length: (call) => {
    const cut = {
      ...toResponse(call, [toMessage('cut off')]),
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
    };
    if (!call.stream) return sendJson(call.reply, cut);
    const { send, sendDelta } = openMessage(call);
    sendDelta('cut off');
    send('response.incomplete', { response: cut });
    call.reply.end();
  },
  truncated: (call) => {
    openMessage(call).sendDelta('half an ans');
    call.reply.end();
  },
};

/** Reasoning first, as the models do, of which nothing is shown. */
function sendAnswer(call: AnswerCall): void {
  if (!call.stream) {
    call.reply.setHeader('x-request-id', 'req-upstream');
    sendJson(call.reply, toResponse(call, [reasoning, toMessage(call.text)]));
    return;
  }
  const { send, sendDelta, at } = openMessage(call, [reasoning]);
  for (const word of call.text.split(/(?<= )/)) sendDelta(word);
  const message = toMessage(call.text);
  send('response.output_text.done', { ...at, text: call.text, logprobs: [] });
  send('response.content_part.done', { ...at, part: message.content[0] });
  send('response.output_item.done', { output_index: at.output_index, item: message });
  send('response.completed', { response: toResponse(call, [reasoning, message]) });
  call.reply.end();
}

/** An answer of one item that is no text. */
function sendOutput(call: AnswerCall, item: object): void {
  if (!call.stream) return sendJson(call.reply, toResponse(call, [item]));
  const send = openStream(call);
  send('response.output_item.added', { output_index: 0, item });
  send('response.output_item.done', { output_index: 0, item });
  send('response.completed', { response: toResponse(call, [item]) });
  call.reply.end();
}

function sendError({ reply }: AnswerCall, status: number): void {
  reply.statusCode = status;
  reply.setHeader('retry-after-ms', '1');
  sendJson(reply, { error: { message: `told to send ${status}`, type: 'test', code: null } });
}

function toMessage(text: string) {
  const content = [{ type: 'output_text', annotations: [], logprobs: [], text }];
  return { id: 'msg_1', type: 'message', status: 'completed', role: 'assistant', content };
}

function toResponse({ model }: AnswerCall, output: readonly object[], status = 'completed') {
  return {
    id: 'resp_upstream',
    object: 'response',
    created_at: 1_700_000_000,
    status,
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    model: `${model}-2026-01-01`,
    output,
    parallel_tool_calls: true,
    temperature: 1,
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    usage: status === 'completed' ? usage : null,
  };
}

function openStream(call: AnswerCall) {
  const { reply } = call;
  reply.setHeader('content-type', 'text/event-stream; charset=utf-8');
  reply.setHeader('x-request-id', 'req-upstream');
  let count = 0;
  const send = (type: string, fields: object) => {
    const data = JSON.stringify({ type, sequence_number: count++, ...fields });
    reply.write(`event: ${type}\ndata: ${data}\n\n`);
  };
  send('response.created', { response: toResponse(call, [], 'in_progress') });
  send('response.in_progress', { response: toResponse(call, [], 'in_progress') });
  return send;
}

/** Begins a message, behind these items. */
function openMessage(call: AnswerCall, items: readonly object[] = []) {
  const send = openStream(call);
  for (const [index, item] of items.entries()) {
    send('response.output_item.added', { output_index: index, item });
    send('response.output_item.done', { output_index: index, item });
  }
  const at = { output_index: items.length, content_index: 0, item_id: 'msg_1' };
  const message = { ...toMessage(''), status: 'in_progress', content: [] };
  send('response.output_item.added', { output_index: items.length, item: message });
  send('response.content_part.added', { ...at, part: toMessage('').content[0] });
  const sendDelta = (delta: string) =>
    send('response.output_text.delta', { ...at, delta, logprobs: [], obfuscation: 'x7' });
  return { send, sendDelta, at };
}
