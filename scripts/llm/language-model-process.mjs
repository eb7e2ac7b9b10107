/** Runs the local language model in a process of its own: a crash of it is no end of the pages. */
import { fork } from 'node:child_process';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { watchClose } from '../faq-upstream/http-answers.mjs';
import { RequestError } from '../faq-upstream/openai-shapes.mjs';
import { root } from '../setup.mjs';
import { ensureLanguageModel } from './ensure-language-model.mjs';
import { MODEL, OWNER } from './pins.mjs';

/** @typedef {import('node:http').ServerResponse} ServerResponse */
/** @typedef {import('../faq-upstream/handler.mjs').LocalModel} LocalModel */
/** @typedef {{ url: string, process: import('node:child_process').ChildProcess }} Running */

const GIBIBYTE = 2 ** 30;
/** Page, browser and model together want as much; the model alone takes 0.3 GB. */
const MIN_MEMORY_BYTES = 2 * GIBIBYTE;
const FAILED = 'The language model ended without an answer; its output is in the terminal.';

/**
 * Fetches what is missing and starts the model. When its process ends, the next request starts
 * another.
 *
 * @returns {Promise<LocalModel & { close(): void }>}
 * @throws when something cannot be fetched or the model does not start
 */
export async function startLanguageModel() {
  await ensureLanguageModel();
  warnIfSmall();
  return createModelClient(startProcess);
}

/**
 * @param {() => Promise<Running>} start
 * @returns {Promise<LocalModel & { close(): void }>}
 */
export async function createModelClient(start) {
  /** @type {Running | undefined} */
  let running;
  /** @type {Promise<Running> | undefined} */
  let starting;

  function ensureRunning() {
    starting ??= start().then((started) => {
      running = started;
      started.process.once('exit', () => {
        starting = undefined;
      });
      return started;
    });
    starting.catch(() => {
      starting = undefined; // the next request tries again
    });
    return starting;
  }

  await ensureRunning();
  return {
    id: MODEL,
    owner: OWNER,
    async answer(body, response) {
      const { signal } = watchClose(response);
      const answer = await ask(ensureRunning, body, signal);
      const headers = ['content-type', 'cache-control', 'x-request-id'];
      for (const name of headers) {
        const value = answer.headers.get(name);
        if (value !== null) response.setHeader(name, value);
      }
      response.writeHead(answer.status);
      if (answer.body === null) return void response.end();
      await pipeline(answer.body, response).catch(() => {
        response.destroy(); // one of the two has gone; to the page the answer broke off
      });
    },
    close: () => void running?.process.kill(),
  };
}

/**
 * @param {() => Promise<Running>} ensureRunning
 * @param {unknown} body
 * @param {AbortSignal} signal
 */
async function ask(ensureRunning, body, signal) {
  try {
    const { url } = await ensureRunning();
    return await fetch(`${url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    console.error('llm:', error);
    throw new RequestError(502, FAILED);
  }
}

/** @returns {Promise<Running>} */
function startProcess() {
  const child = fork(join(root, 'scripts/llm/main.mjs'), { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the language model ended with ${code}`)));
    child.once('message', (message) => {
      const { url } = /** @type {{ url: string }} */ (message); // main.mjs sends no other
      resolve({ url, process: child });
    });
  });
}

function warnIfSmall() {
  const cores = availableParallelism();
  if (cores < 2) console.warn('llm: one core for browser and model: a word may take a second');
  if (totalmem() < MIN_MEMORY_BYTES) {
    console.warn(`llm: ${(totalmem() / GIBIBYTE).toFixed(1)} GB of memory may be too little`);
  }
}
