import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createFaqHandler } from './handler.mjs';

const QUESTION = 'What is the capital of Australia?';
const ANSWER =
  'The capital of Australia is Canberra. It was chosen in 1908 as a compromise between Sydney and Melbourne.';
const USAGE = { prompt_tokens: 9, completion_tokens: 27, total_tokens: 36 };

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

async function serve(options: Parameters<typeof createFaqHandler>[0] = {}): Promise<string> {
  const server = createServer(createFaqHandler({ now: () => 5_000, ...options }));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  return `http://127.0.0.1:${port}/v1`;
}

function ask(url: string, extra: object = {}, init: RequestInit = {}): Promise<Response> {
  const body = { model: 'faq', messages: [{ role: 'user', content: QUESTION }], ...extra };
  return fetch(`${url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify(body),
    ...init,
  });
}

type Chunk = {
  readonly choices: readonly { delta: { content?: string }; finish_reason: string | null }[];
  readonly usage?: unknown;
};

async function readChunks(response: Response): Promise<Chunk[]> {
  const events = (await response.text()).split('\n\n').filter((event) => event !== '');
  expect(events.pop()).toBe('data: [DONE]');
  return events.map((event) => JSON.parse(event.slice('data: '.length)) as Chunk); // checked by use
}

test('a plain answer has the shape of a chat completion and names its entry', async () => {
  const response = await ask(await serve());
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('x-faq-entry')).toBe('capital-australia');
  expect(response.headers.get('x-faq-match')).toBe('exact');
  const message = { role: 'assistant', content: ANSWER, refusal: null };
  expect(await response.json()).toEqual({
    id: 'chatcmpl-faq-1',
    object: 'chat.completion',
    created: 5,
    model: 'faq',
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: USAGE,
  });
});

test('a streamed answer comes word by word and ends with stop and [DONE]', async () => {
  const response = await ask(await serve(), { stream: true });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const chunks = await readChunks(response);
  expect(chunks[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '' });
  expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(ANSWER);
  expect(chunks.at(-1)?.choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' });
  expect(chunks.every((chunk) => !('usage' in chunk))).toBe(true);
});

test('include_usage adds a last chunk with the usage and null in those before', async () => {
  const extra = { stream: true, stream_options: { include_usage: true } };
  const chunks = await readChunks(await ask(await serve(), extra));
  expect(chunks.pop()).toMatchObject({ choices: [], usage: USAGE });
  expect(chunks.every((chunk) => chunk.usage === null)).toBe(true);
});

test('the newest user message is the question; content may come in parts', async () => {
  const messages = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'How high is Mount Everest?' },
    { role: 'assistant', content: '8,849 metres.' },
    { role: 'user', content: [{ type: 'text', text: QUESTION }] },
  ];
  const response = await ask(await serve(), { messages });
  expect(response.headers.get('x-faq-entry')).toBe('capital-australia');
});

test('latency is a pause before the first byte and one before each chunk', async () => {
  const pauses: number[] = [];
  const url = await serve({ sleep: async (ms) => void pauses.push(ms) });
  const headers = { 'x-faq-latency-ms': '800', 'x-faq-chunk-ms': '20' };
  const chunks = await readChunks(await ask(url, { stream: true }, { headers }));
  expect(pauses).toEqual([800, ...chunks.slice(1).map(() => 20)]);
  pauses.length = 0;
  await ask(url, {}, { headers });
  expect(pauses).toEqual([800 + 20 * chunks.length]);
});

test.each([true, false])('an abort ends the wait (stream: %s)', async (stream) => {
  const signals: AbortSignal[] = [];
  const sleep = (_ms: number, signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<void>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  };
  const url = await serve({ sleep });
  const controller = new AbortController();
  const answer = ask(url, { stream }, { signal: controller.signal });
  await vi.waitUntil(() => signals.length === 1);
  controller.abort();
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  await vi.waitUntil(() => signals[0]?.aborted);
});

test('the model list says that it is not a language model', async () => {
  const response = await fetch(`${await serve()}/models`);
  expect(await response.json()).toMatchObject({
    object: 'list',
    data: [{ id: 'faq', object: 'model', owned_by: 'built-in FAQ server, not a language model' }],
  });
});

test.each([
  ['a body that is not JSON', { body: '{' }, 400, null],
  ['a body that is no object', { body: '[]' }, 400, null],
  ['no model', { body: '{}' }, 400, 'model'],
  ['no messages', { body: '{"model":"faq"}' }, 400, 'messages'],
  ['no user message', { body: '{"model":"faq","messages":[{"role":"x"}]}' }, 400, 'messages'],
  ['several answers', { body: '{"model":"faq","n":2}' }, 400, 'n'],
  ['a latency of no sense', { headers: { 'x-faq-latency-ms': '-1' } }, 400, 'x-faq-latency-ms'],
  ['a huge body', { body: 'x'.repeat(2_000_000) }, 413, null],
  ['a method that is not POST', { method: 'PUT' }, 405, null],
])('%s is refused in the shape of OpenAI', async (_name, init, status, param) => {
  const response = await ask(await serve(), {}, init);
  expect(response.status).toBe(status);
  const body = await response.json();
  expect(body).toMatchObject({ error: { type: 'invalid_request_error', param, code: null } });
});

test('an unknown route is a 404 stand-alone', async () => {
  const response = await fetch(`${await serve()}/embeddings`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    error: { message: 'Invalid URL (GET /v1/embeddings)' },
  });
});

test('as middleware it leaves other paths to the next handler', async () => {
  const faq = createFaqHandler();
  const server = createServer((request, response) => {
    faq(request, response, () => response.end('page'));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  const response = await fetch(`http://127.0.0.1:${port}/index.html`);
  expect(await response.text()).toBe('page');
});
