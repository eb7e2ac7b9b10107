import type OpenAI from 'openai';
import type { Compressor } from './compress/compress-turns.js';
import type { RequestCompression } from './compress-options.js';
import { article, createTestCompressor, halve } from './test-compressor.js';
import { createWorld } from './test-world.js';

export type Message = OpenAI.ChatCompletionMessageParam;

/** A context and its question, and what of it is sent. */
export const question = 'What is it about?';
export const prompt = `${article}\n\n${question}`;
export const shortPrompt = `${halve(article)}\n\n${question}`;

/** A world whose requests are compressed, by a script or by halves; it outlives no page. */
export function createCompressingWorld({
  script,
  ...compression
}: RequestCompression & { script?: Compressor['compress'] } = {}) {
  const compressor = createTestCompressor(script);
  const world = createWorld({
    compression: { minTokens: 10, storage: null, ...compression },
    compressor,
  });
  const fallbacks = () =>
    world.optimizer.trace.flatMap((event) => (event.type === 'fallback' ? [event.code] : []));
  /** The contents of the messages that the server received in the last request. */
  const contents = async () => {
    const body: { messages: Message[] } = JSON.parse((await world.bodies()).at(-1) ?? '{}');
    return body.messages.map(({ content }) => content);
  };
  return { ...world, calls: compressor.calls, fallbacks, contents };
}

export const user = (content: string): Message => ({ role: 'user', content });
