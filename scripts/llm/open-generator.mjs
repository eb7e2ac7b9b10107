/** Runs SmolLM2 by llama.cpp. The native library is loaded here: in a process of its own. */
import { pathToFileURL } from 'node:url';
import { RequestError } from '../faq-upstream/openai-shapes.mjs';
import { createStopFilter } from './stop-filter.mjs';

/** @typedef {import('./generation-request.mjs').GenerationRequest} GenerationRequest */
/** @typedef {import('./generation-request.mjs').Turn} Turn */
/** @typedef {import('../faq-upstream/openai-shapes.mjs').Usage} Usage */
/** @typedef {import('../faq-upstream/openai-shapes.mjs').FinishReason} FinishReason */
/** @typedef {{ signal: AbortSignal, onText: (text: string) => void }} GenerationCall */

/**
 * A language model that answers one request at a time.
 *
 * @typedef {object} Generator
 * @property {(request: GenerationRequest, call: GenerationCall) => Promise<{ finishReason: FinishReason, usage: Usage }>} generate
 *   Rejects with the signal's reason when it aborts, and with a `RequestError` for a request that
 *   the model cannot read.
 */

/**
 * What is used of node-llama-cpp 3.22.
 *
 * @typedef {{ clearHistory(): Promise<void>, evaluate(tokens: number[], options: object): AsyncGenerator<number> }} Sequence
 * @typedef {object} Model
 * @property {(text: string, hasSpecialTokens: boolean) => number[]} tokenize
 * @property {(tokens: number[], hasSpecialTokens: boolean, before: number[]) => string} detokenize
 * @property {(token: number) => boolean} isEogToken
 * @property {(options: object) => Promise<{ getSequence(): Sequence }>} createContext
 */

/** Tokens of a prompt and its answer together: half of what the model was trained for, 95 MB. */
const CONTEXT_TOKENS = 4_096;
/** A character of more bytes than that is none, so that nothing waits for its rest. */
const MAX_CHARACTER_TOKENS = 4;

/**
 * @param {{ engine: string, weights: string, threads: number }} options paths of both
 * @returns {Promise<Generator>}
 */
export async function openGenerator({ engine, weights, threads }) {
  const { getLlama, LlamaLogLevel } = await import(pathToFileURL(engine).href);
  const llama = await getLlama({
    gpu: false,
    build: 'never', // what is not prebuilt is not to be downloaded and compiled
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
  });
  /** @type {Model} */
  const model = await llama.loadModel({ modelPath: weights });
  const context = await model.createContext({ contextSize: CONTEXT_TOKENS, threads });
  const sequence = context.getSequence();
  return { generate: (request, call) => generate({ model, sequence }, request, call) };
}

/**
 * @param {{ model: Model, sequence: Sequence }} engine
 * @param {GenerationRequest} request
 * @param {GenerationCall} call
 */
async function generate({ model, sequence }, request, { signal, onText }) {
  const prompt = toTokens(model, request.turns);
  const room = CONTEXT_TOKENS - prompt.length;
  if (room < 1) throw tooLong(prompt.length);
  await sequence.clearHistory();
  signal.throwIfAborted();
  const filter = createStopFilter(request.stops);
  const decode = createDecoder(model);
  const maxTokens = Math.min(request.maxTokens, room);
  let count = 0;
  /** @type {FinishReason | undefined} */
  let finishReason;
  for await (const token of sequence.evaluate(prompt, toSampling(request))) {
    signal.throwIfAborted();
    count += 1;
    const isEnd = model.isEogToken(token);
    const { text, isStopped } = isEnd ? { text: '', isStopped: true } : filter.push(decode(token));
    if (text !== '') onText(text);
    if (isStopped) finishReason = 'stop';
    else if (count >= maxTokens) finishReason = 'length';
    if (isEnd || finishReason === 'length') showRest(filter.end(), onText);
    if (finishReason !== undefined) break;
  }
  const usage = {
    prompt_tokens: prompt.length,
    completion_tokens: count,
    total_tokens: prompt.length + count,
  };
  return { finishReason: finishReason ?? 'length', usage };
}

/** @param {string} text @param {(text: string) => void} onText */
function showRest(text, onText) {
  if (text !== '') onText(text);
}

/** @param {GenerationRequest} request */
function toSampling({ temperature, topP, seed }) {
  return { temperature, topP, yieldEogToken: true, ...(seed === undefined ? {} : { seed }) };
}

/**
 * The model's template, ChatML. Without the system message that its own adds: asked for the capital
 * of France, this size of it then recites a French song.
 *
 * @param {Model} model
 * @param {readonly Turn[]} turns
 */
function toTokens(model, turns) {
  // Marks within a text stay text: only ours begin and end a turn.
  return [...turns, undefined].flatMap((turn) => {
    const start = model.tokenize(`<|im_start|>${turn?.role ?? 'assistant'}\n`, true);
    if (turn === undefined) return start;
    return [...start, ...model.tokenize(turn.text, false), ...model.tokenize('<|im_end|>\n', true)];
  });
}

/**
 * Tokens to text, one at a time; a character that takes several comes with the last of them.
 *
 * @param {Model} model
 */
function createDecoder(model) {
  /** @type {number[]} */
  let waiting = [];
  /** @type {number[]} */
  let before = [];
  return (/** @type {number} */ token) => {
    waiting.push(token);
    const text = model.detokenize(waiting, false, before);
    if (text.endsWith('\uFFFD') && waiting.length < MAX_CHARACTER_TOKENS) return '';
    before = waiting;
    waiting = [];
    return text;
  };
}

/** @param {number} tokens */
function tooLong(tokens) {
  const message = `The messages have ${tokens} tokens; this model reads ${CONTEXT_TOKENS} here.`;
  return new RequestError(400, message, { param: 'messages', code: 'context_length_exceeded' });
}
