import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A chat completions server in place of a provider; it says what it was asked. */
export interface ChatUpstream {
  readonly url: string;
  /** The newest message of each request. */
  readonly asked: readonly string[];
  /** Requests that the caller left before their end. */
  left(): number;
  close(): Promise<void>;
}

const words = ['Two ', 'years.'];
/** A question with this word is answered word by word, and the second one never comes. */
export const ENDLESS = 'endless';

export async function serveChatUpstream(): Promise<ChatUpstream> {
  const asked: string[] = [];
  let left = 0;
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += String(part);
    const { stream, messages } = JSON.parse(text) as {
      stream?: boolean;
      messages: { content: string }[];
    }; // of our own pages
    const question = messages.at(-1)?.content ?? '';
    asked.push(question);
    response.once('close', () => {
      if (!response.writableEnded) left += 1;
    });
    if (stream === true) sendStream(response, question.includes(ENDLESS));
    else sendWhole(response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    left: () => left,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const head = { id: 'chatcmpl-1', created: 0, model: 'faq' };

function sendWhole(response: ServerResponse): void {
  const message = { role: 'assistant', content: words.join('') };
  const choices = [{ index: 0, message, finish_reason: 'stop' }];
  const usage = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ...head, object: 'chat.completion', choices, usage }));
}

function sendStream(response: ServerResponse, isEndless: boolean): void {
  const send = (delta: object, reason: string | null = null) => {
    const choices = [{ index: 0, delta, finish_reason: reason }];
    const chunk = { ...head, object: 'chat.completion.chunk', choices };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  send({ role: 'assistant', content: '' });
  if (isEndless) return send({ content: words[0] });
  for (const content of words) send({ content });
  send({}, 'stop');
  response.end('data: [DONE]\n\n');
}
