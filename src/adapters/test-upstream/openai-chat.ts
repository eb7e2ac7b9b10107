import { type AnswerCall, type Respond, sendJson, toAnswerCall } from './exchange.js';

type Call = AnswerCall & { readonly includeUsage: boolean };

const usage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
const toolCalls = [
  { index: 0, id: 'call_1', type: 'function', function: { name: 'get_time', arguments: '{}' } },
];

/** Speaks OpenAI's chat completions. */
export const respondInOpenaiChat: Respond = (exchange) => {
  const { messages, metadata, stream_options: streamOptions } = exchange.body;
  const call = toAnswerCall(exchange, messages);
  const scripted: Call = {
    ...call,
    includeUsage: JSON.stringify(streamOptions ?? {}).includes('"include_usage":true'),
    text: toScript(metadata) ?? call.text,
  };
  return (behaviours[call.model] ?? sendAnswer)(scripted);
};

/** The answer that a call asks for by `metadata.answer`, which is in no key. */
function toScript(metadata: unknown): string | undefined {
  const answer: unknown = Reflect.get(Object(metadata), 'answer');
  return typeof answer === 'string' ? answer : undefined;
}

/** What happens, by the name of the model; any other model answers well. */
const behaviours: Readonly<Record<string, (call: Call) => Promise<void> | void>> = {
  'status-400': (call) => sendError(call, 400),
  'status-429': (call) => sendError(call, 429),
  'status-500': (call) => sendError(call, 500),
  'not-json': ({ reply }) => {
    reply.setHeader('content-type', 'text/html');
    reply.end('<h1>Bad gateway</h1>');
  },
  'broken-json': ({ reply }) => {
    reply.setHeader('content-type', 'application/json');
    reply.end('{"id":"chatcmpl-1","choices":[');
  },
  'hold-head': async (call) => {
    await call.world.released;
    sendAnswer(call);
  },
  'hold-middle': async (call) => {
    openStream(call);
    sendChunk(call, { delta: { role: 'assistant', content: 'first ' } });
    await call.world.released;
    endStream(call, 'second');
  },
  'sse-error': (call) => {
    openStream(call);
    sendChunk(call, { delta: { role: 'assistant', content: 'so far ' } });
    sendData(call, { error: { message: 'overloaded', type: 'server_error', code: 'overloaded' } });
    call.reply.end();
  },
  'tool-call': (call) => {
    const message = { role: 'assistant', content: null, tool_calls: toolCalls };
    if (!call.stream) return sendCompletion(call, message, 'tool_calls');
    openStream(call);
    sendChunk(call, { delta: message });
    sendChunk(call, { delta: {}, finish_reason: 'tool_calls' });
    call.reply.end('data: [DONE]\n\n');
  },
  length: (call) => {
    if (!call.stream) {
      return sendCompletion(call, { role: 'assistant', content: 'cut off' }, 'length');
    }
    openStream(call);
    sendChunk(call, { delta: { role: 'assistant', content: 'cut off' } });
    sendChunk(call, { delta: {}, finish_reason: 'length' });
    call.reply.end('data: [DONE]\n\n');
  },
  truncated: (call) => {
    openStream(call);
    sendChunk(call, { delta: { role: 'assistant', content: 'half an ans' } });
    call.reply.end();
  },
  'socket-lost': async (call) => {
    openStream(call);
    sendChunk(call, { delta: { role: 'assistant', content: 'half an ans' } });
    await call.world.released;
    call.reply.destroy();
  },
  json: (call) => sendCompletion(call, { role: 'assistant', content: '{"city":"Paris"}' }),
  huge: (call) => sendCompletion(call, { role: 'assistant', content: 'x'.repeat(5_000_000) }),
};

function sendAnswer(call: Call): void {
  if (!call.stream) {
    sendCompletion(call, { role: 'assistant', content: call.text, refusal: null });
    return;
  }
  openStream(call);
  sendChunk(call, { delta: { role: 'assistant', content: '' } });
  endStream(call, call.text);
}

function sendError({ reply }: Call, status: number): void {
  reply.statusCode = status;
  reply.setHeader('retry-after-ms', '1');
  sendJson(reply, { error: { message: `told to send ${status}`, type: 'test', code: null } });
}

function toHead({ model }: Call, object: string) {
  return { id: 'chatcmpl-upstream', object, created: 1_700_000_000, model: `${model}-2026-01-01` };
}

function sendCompletion(call: Call, message: object, finishReason = 'stop'): void {
  call.reply.setHeader('x-request-id', 'req-upstream');
  const choices = [{ index: 0, message, logprobs: null, finish_reason: finishReason }];
  sendJson(call.reply, { ...toHead(call, 'chat.completion'), choices, usage });
}

function openStream({ reply }: Call): void {
  reply.setHeader('content-type', 'text/event-stream; charset=utf-8');
  reply.setHeader('x-request-id', 'req-upstream');
}

function sendData({ reply }: Call, value: object): void {
  reply.write(`data: ${JSON.stringify(value)}\n\n`);
}

function sendChunk(call: Call, choice: object): void {
  const choices = [{ index: 0, finish_reason: null, ...choice }];
  const end = call.includeUsage ? { usage: null, obfuscation: 'x7' } : { obfuscation: 'x7' };
  sendData(call, { ...toHead(call, 'chat.completion.chunk'), choices, ...end });
}

function endStream(call: Call, text: string): void {
  for (const word of text.split(/(?<= )/)) sendChunk(call, { delta: { content: word } });
  sendChunk(call, { delta: {}, finish_reason: 'stop' });
  if (call.includeUsage) {
    sendData(call, { ...toHead(call, 'chat.completion.chunk'), choices: [], usage });
  }
  call.reply.end('data: [DONE]\n\n');
}
