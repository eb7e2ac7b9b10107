import { type Exchange, type Respond, sendJson } from './exchange.js';

type Call = Omit<Exchange, 'body'> & { readonly model: string; readonly text: string };

const usage = { inputTokens: 11, outputTokens: 7, totalTokens: 18 };

/** Speaks the AI SDK's UI message stream. */
export const respondInUiMessages: Respond = ({ body, ...exchange }) => {
  const call = { ...exchange, model: String(body.model), text: toText(body) };
  return (behaviours[call.model] ?? sendAnswer)(call);
};

/** Answers with plain text. */
export const respondInText: Respond = async ({ body, reply, world }) => {
  reply.setHeader('content-type', 'text/plain; charset=utf-8');
  const text = toText(body);
  if (body.model === 'status-500') reply.statusCode = 500;
  reply.write(text.slice(0, 9));
  if (body.model === 'hold-middle' || body.model === 'socket-lost') await world.released;
  if (body.model === 'socket-lost') reply.destroy();
  else reply.end(text.slice(9));
};

function toText({ messages, prompt }: Exchange['body']): string {
  const asked = Array.isArray(messages) ? messages.at(-1) : prompt;
  return `Réponse à ${JSON.stringify(asked)} 🎉`;
}

/** What happens, by the name of the model; any other model answers well. */
const behaviours: Readonly<Record<string, (call: Call) => Promise<void> | void>> = {
  'status-400': (call) => sendError(call, 400),
  'status-429': (call) => sendError(call, 429),
  'status-500': (call) => sendError(call, 500),
  'hold-head': async (call) => {
    await call.world.released;
    sendAnswer(call);
  },
  'hold-middle': async (call) => {
    openText(call);
    send(call, { type: 'text-delta', id: '0', delta: 'first ' });
    await call.world.released;
    endText(call, ['second']);
  },
  'error-part': (call) => {
    openText(call);
    send(call, { type: 'text-delta', id: '0', delta: 'so far ' });
    send(call, { type: 'error', errorText: 'overloaded' });
    call.reply.end('data: [DONE]\n\n');
  },
  'tool-call': (call) => {
    openStep(call);
    const tool = { toolCallId: 'call_1', toolName: 'getTime' };
    send(call, { type: 'tool-input-start', ...tool });
    send(call, { type: 'tool-input-available', ...tool, input: {} });
    endStep(call, 'tool-calls');
  },
  length: (call) => {
    openText(call);
    endText(call, ['cut off'], 'length');
  },
  truncated: (call) => {
    openText(call);
    send(call, { type: 'text-delta', id: '0', delta: 'half an ans' });
    call.reply.end();
  },
  reasoning: (call) => {
    openStep(call);
    send(call, { type: 'reasoning-start', id: 'r' });
    send(call, { type: 'reasoning-delta', id: 'r', delta: 'Hm.' });
    send(call, { type: 'reasoning-end', id: 'r' });
    send(call, { type: 'text-start', id: '0' });
    endText(call, [call.text]);
  },
  'plain-text': ({ reply, text }) => {
    reply.setHeader('content-type', 'text/plain; charset=utf-8');
    reply.end(text);
  },
};

function sendAnswer(call: Call): void {
  openText(call);
  endText(call, call.text.split(/(?<= )/));
}

function sendError({ reply }: Call, status: number): void {
  reply.statusCode = status;
  sendJson(reply, { error: `told to send ${status}` });
}

function send({ reply }: Call, chunk: object): void {
  reply.write(`data: ${JSON.stringify(chunk)}\n\n`);
}

function openStep(call: Call): void {
  call.reply.setHeader('content-type', 'text/event-stream');
  call.reply.setHeader('x-vercel-ai-ui-message-stream', 'v1');
  const messageMetadata = { model: `${call.model}-2026-01-01` };
  send(call, { type: 'start', messageId: `msg-${call.world.log.length}`, messageMetadata });
  send(call, { type: 'start-step' });
}

function openText(call: Call): void {
  openStep(call);
  send(call, { type: 'text-start', id: '0' });
}

function endText(call: Call, deltas: readonly string[], finishReason = 'stop'): void {
  for (const delta of deltas) send(call, { type: 'text-delta', id: '0', delta });
  send(call, { type: 'text-end', id: '0' });
  endStep(call, finishReason);
}

function endStep(call: Call, finishReason: string): void {
  send(call, { type: 'finish-step' });
  send(call, { type: 'finish', finishReason, messageMetadata: { totalUsage: usage } });
  call.reply.end('data: [DONE]\n\n');
}
