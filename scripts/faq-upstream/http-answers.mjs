/** What the HTTP handlers of the demo's servers have in common. */
import { RequestError } from './openai-shapes.mjs';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {object} body
 */
export function sendJson(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/**
 * Answers with an error in OpenAI's shape; one that is no `RequestError` is a defect, and logged.
 *
 * @param {ServerResponse} response
 * @param {unknown} error
 * @param {string} server its name
 */
export function sendError(response, error, server) {
  if (response.destroyed) return; // the caller has gone: there is nobody to tell
  if (error instanceof RequestError) return sendJson(response, error.status, error.body);
  console.error(`${server}:`, error);
  if (response.headersSent) return response.destroy();
  const message = `The ${server} failed; its console says why.`;
  sendJson(response, 500, { error: { message, type: 'server_error', param: null, code: null } });
}

/**
 * @param {IncomingMessage} request
 * @param {string} method
 */
export function assertMethod(request, method) {
  if (request.method === method) return;
  throw new RequestError(405, `Not allowed: ${request.method}; use ${method}.`);
}

/**
 * @param {ServerResponse} response
 * @returns {AbortController} Aborted when the caller goes away.
 */
export function watchClose(response) {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller;
}

/** @param {ServerResponse} response Begins a stream of events. */
export function startEvents(response) {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
}

/**
 * @param {ServerResponse} response
 * @param {object} chunk
 */
export function sendEvent(response, chunk) {
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}

/** @param {ServerResponse} response Ends a stream as OpenAI does. */
export function endEvents(response) {
  response.end('data: [DONE]\n\n');
}
