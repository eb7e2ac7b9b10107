import { setTimeout as wait } from 'node:timers/promises';
import { readJson, toChatRequest, toDelayMs } from './chat-request.mjs';
import { chooseEntry } from './choose-entry.mjs';
import {
  RequestError,
  toChunks,
  toCompletionBody,
  toModelsBody,
  toUsage,
} from './openai-shapes.mjs';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */
/** @typedef {(ms: number, signal: AbortSignal) => Promise<void>} Sleep */
/** @typedef {{ firstMs: number, chunkMs: number }} Delays */

const LATENCY_HEADER = 'x-faq-latency-ms';
const CHUNK_HEADER = 'x-faq-chunk-ms';

/**
 * Makes an OpenAI-compatible chat completions server that answers from a small FAQ: a stand-in for
 * a language model, for the demo page and for tests. It is not a language model.
 *
 * - `x-faq-latency-ms` (request): time to the first byte of the answer. Default 0.
 * - `x-faq-chunk-ms` (request): time before each word of it, streamed or not. Default 0.
 * - `x-faq-entry` (answer): id of the entry, `unknown` when the FAQ does not know.
 * - `x-faq-match` (answer): `exact`, `overlap` or `none`.
 *
 * @param {{ sleep?: Sleep, now?: () => number }} [options] Clock, for tests.
 * @returns {(request: IncomingMessage, response: ServerResponse, next?: () => void) => void}
 *   Handles paths that start with `/v1/`; others go to `next`, or are answered with 404.
 */
export function createFaqHandler({ sleep = sleepFor, now = Date.now } = {}) {
  let answers = 0;

  /** @param {IncomingMessage} request @param {ServerResponse} response @param {string} path */
  async function answer(request, response, path) {
    const created = Math.floor(now() / 1000);
    if (path === '/v1/models') {
      assertMethod(request, 'GET');
      return sendJson(response, 200, toModelsBody(created));
    }
    if (path !== '/v1/chat/completions') {
      throw new RequestError(404, `Invalid URL (${request.method} ${path})`);
    }
    assertMethod(request, 'POST');
    const delays = {
      firstMs: toDelayMs(request.headers[LATENCY_HEADER], LATENCY_HEADER),
      chunkMs: toDelayMs(request.headers[CHUNK_HEADER], CHUNK_HEADER),
    };
    const chat = toChatRequest(await readJson(request));
    const { entry, match } = chooseEntry(chat.question);
    response.setHeader('x-faq-entry', entry.id);
    response.setHeader('x-faq-match', match);
    answers += 1;
    const id = `chatcmpl-faq-${answers}`;
    response.setHeader('x-request-id', id);
    const usage = toUsage(chat.prompt, entry.answer);
    const completion = { id, created, text: entry.answer, usage };
    const chunks = toChunks(completion, chat.includeUsage);
    if (chat.stream) return sendStream(response, chunks, { ...delays, sleep });
    const { signal } = watchClose(response);
    await sleep(delays.firstMs + chunks.length * delays.chunkMs, signal);
    sendJson(response, 200, toCompletionBody(completion));
  }

  return (request, response, next) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (next !== undefined && !pathname.startsWith('/v1/')) return next();
    answer(request, response, pathname).catch((error) => fail(response, error));
  };
}

/**
 * @param {ServerResponse} response
 * @param {readonly object[]} chunks
 * @param {Delays & { sleep: Sleep }} pace
 */
async function sendStream(response, chunks, { firstMs, chunkMs, sleep }) {
  const { signal } = watchClose(response);
  await sleep(firstMs, signal);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  for (const [index, chunk] of chunks.entries()) {
    if (index > 0) await sleep(chunkMs, signal);
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  }
  response.end('data: [DONE]\n\n');
}

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {object} body
 */
function sendJson(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/**
 * @param {ServerResponse} response
 * @param {unknown} error
 */
function fail(response, error) {
  if (response.destroyed) return; // the caller has gone: there is nobody to tell
  if (error instanceof RequestError) return sendJson(response, error.status, error.body);
  console.error('FAQ server:', error);
  if (response.headersSent) return response.destroy();
  const message = 'The FAQ server failed; its console says why.';
  sendJson(response, 500, { error: { message, type: 'server_error', param: null, code: null } });
}

/**
 * @param {IncomingMessage} request
 * @param {string} method
 */
function assertMethod(request, method) {
  if (request.method === method) return;
  throw new RequestError(405, `Not allowed: ${request.method}; use ${method}.`);
}

/**
 * @param {ServerResponse} response
 * @returns {AbortController} Aborted when the caller goes away.
 */
function watchClose(response) {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller;
}

/** @type {Sleep} */
async function sleepFor(ms, signal) {
  signal.throwIfAborted();
  // A timer of 0 still costs a millisecond, and a stream has dozens of chunks.
  if (ms > 0) await wait(ms, undefined, { signal });
}
