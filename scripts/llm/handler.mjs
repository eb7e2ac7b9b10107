import { readJson } from '../faq-upstream/chat-request.mjs';
import {
  assertMethod,
  endEvents,
  sendError,
  sendEvent,
  sendJson,
  startEvents,
  watchClose,
} from '../faq-upstream/http-answers.mjs';
import {
  RequestError,
  createChunkWriter,
  toCompletionBody,
  toModelsBody,
} from '../faq-upstream/openai-shapes.mjs';
import { toGenerationRequest } from './generation-request.mjs';
import { MODEL, OWNER } from './pins.mjs';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */
/** @typedef {import('./open-generator.mjs').Generator} Generator */
/** @typedef {ReturnType<typeof toGenerationRequest> & { id: string, created: number, signal: AbortSignal }} Job */

/**
 * Makes an OpenAI-compatible chat completions server in front of a language model. Answers are made
 * one after another; a caller who goes away leaves the queue, or ends the answer.
 *
 * @param {Generator} generator
 * @param {{ now?: () => number }} [options] Clock, for tests.
 * @returns {(request: IncomingMessage, response: ServerResponse) => void}
 */
export function createLlmHandler(generator, { now = Date.now } = {}) {
  /** @type {Promise<unknown>} */
  let tail = Promise.resolve();
  let answers = 0;

  /** @param {() => Promise<void>} task */
  function enqueue(task) {
    const result = tail.then(task);
    tail = result.catch(() => {}); // a failed answer must not stop the next one
    return result;
  }

  /** @param {IncomingMessage} request @param {ServerResponse} response */
  async function answer(request, response) {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const created = Math.floor(now() / 1000);
    if (pathname === '/v1/models') {
      assertMethod(request, 'GET');
      return sendJson(response, 200, toModelsBody(created, [{ id: MODEL, owner: OWNER }]));
    }
    if (pathname !== '/v1/chat/completions') {
      throw new RequestError(404, `Invalid URL (${request.method} ${pathname})`);
    }
    assertMethod(request, 'POST');
    const { signal } = watchClose(response);
    const parsed = toGenerationRequest(await readJson(request));
    answers += 1;
    const job = { ...parsed, id: `chatcmpl-llm-${answers}`, created, signal };
    response.setHeader('x-request-id', job.id);
    await enqueue(async () => {
      signal.throwIfAborted();
      await (parsed.chat.stream ? sendStream : sendWhole)(generator, job, response);
    });
  }

  return (request, response) => {
    answer(request, response).catch((error) => sendError(response, error, 'language model server'));
  };
}

/** @param {Generator} generator @param {Job} job @param {ServerResponse} response */
async function sendWhole(generator, { id, created, generation, signal }, response) {
  let text = '';
  const onText = (/** @type {string} */ piece) => void (text += piece);
  const end = await generator.generate(generation, { signal, onText });
  sendJson(response, 200, toCompletionBody({ id, created, model: MODEL, text, ...end }));
}

/** @param {Generator} generator @param {Job} job @param {ServerResponse} response */
async function sendStream(generator, { id, created, chat, generation, signal }, response) {
  const chunks = createChunkWriter({ id, created, model: MODEL }, chat.includeUsage);
  // Only once there is something to send: a request that is refused gets a status that says so.
  const start = () => {
    if (response.headersSent) return;
    startEvents(response);
    sendEvent(response, chunks.first());
  };
  const onText = (/** @type {string} */ piece) => {
    start();
    sendEvent(response, chunks.text(piece));
  };
  const { finishReason, usage } = await generator.generate(generation, { signal, onText });
  start();
  for (const chunk of chunks.last(finishReason, usage)) sendEvent(response, chunk);
  endEvents(response);
}
