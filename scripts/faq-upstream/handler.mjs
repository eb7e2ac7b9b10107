import { setTimeout as wait } from 'node:timers/promises';
import { readJson, toChatRequest, toDelayMs } from './chat-request.mjs';
import { chooseEntry } from './choose-entry.mjs';
import {
  assertMethod,
  endEvents,
  sendError,
  sendEvent,
  sendJson,
  startEvents,
  watchClose,
} from './http-answers.mjs';
import {
  MODEL,
  OWNER,
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

/**
 * A language model behind the same address: requests that name it are its own.
 *
 * @typedef {object} LocalModel
 * @property {string} id The name that requests give.
 * @property {string} owner
 * @property {(body: unknown, response: ServerResponse) => Promise<void>} answer
 */

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
 * @param {{ sleep?: Sleep, now?: () => number, localModel?: LocalModel }} [options] Clock, for
 *   tests, and a model to serve beside.
 * @returns {(request: IncomingMessage, response: ServerResponse, next?: () => void) => void}
 *   Handles paths that start with `/v1/`; others go to `next`, or are answered with 404.
 */
export function createFaqHandler({ sleep = sleepFor, now = Date.now, localModel } = {}) {
  let answers = 0;
  const faq = { id: MODEL, owner: OWNER };
  const models = localModel === undefined ? [faq] : [faq, localModel];

  /** @param {IncomingMessage} request @param {ServerResponse} response @param {string} path */
  async function answer(request, response, path) {
    const created = Math.floor(now() / 1000);
    if (path === '/v1/models') {
      assertMethod(request, 'GET');
      return sendJson(response, 200, toModelsBody(created, models));
    }
    if (path !== '/v1/chat/completions') {
      throw new RequestError(404, `Invalid URL (${request.method} ${path})`);
    }
    assertMethod(request, 'POST');
    const delays = {
      firstMs: toDelayMs(request.headers[LATENCY_HEADER], LATENCY_HEADER),
      chunkMs: toDelayMs(request.headers[CHUNK_HEADER], CHUNK_HEADER),
    };
    const body = await readJson(request);
    const chat = toChatRequest(body);
    if (chat.model === localModel?.id) return localModel.answer(body, response);
    const { entry, match } = chooseEntry(chat.question);
    response.setHeader('x-faq-entry', entry.id);
    response.setHeader('x-faq-match', match);
    answers += 1;
    const id = `chatcmpl-faq-${answers}`;
    response.setHeader('x-request-id', id);
    const usage = toUsage(chat.prompt, entry.answer);
    const head = { id, created, model: MODEL };
    const completion = {
      ...head,
      text: entry.answer,
      usage,
      finishReason: /** @type {const} */ ('stop'),
    };
    const chunks = toChunks(completion, chat.includeUsage);
    if (chat.stream) return sendStream(response, chunks, { ...delays, sleep });
    const { signal } = watchClose(response);
    await sleep(delays.firstMs + chunks.length * delays.chunkMs, signal);
    sendJson(response, 200, toCompletionBody(completion));
  }

  return (request, response, next) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (next !== undefined && !pathname.startsWith('/v1/')) return next();
    answer(request, response, pathname).catch((error) => sendError(response, error, 'FAQ server'));
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
  startEvents(response);
  for (const [index, chunk] of chunks.entries()) {
    if (index > 0) await sleep(chunkMs, signal);
    sendEvent(response, chunk);
  }
  endEvents(response);
}

/** @type {Sleep} */
async function sleepFor(ms, signal) {
  signal.throwIfAborted();
  // A timer of 0 still costs a millisecond, and a stream has dozens of chunks.
  if (ms > 0) await wait(ms, undefined, { signal });
}
