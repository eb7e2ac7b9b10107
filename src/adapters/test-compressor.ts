import type { CompressionResult } from '../shared/compression.js';
import type { Compressor } from './compress/compress-turns.js';

type Options = Parameters<Compressor['compress']>[1];

/** A context to shorten: 121 words, of which {@link halve} leaves 61. */
export const article = Array.from({ length: 121 }, (_, at) => `word${at}`).join(' ');

/** What {@link createTestCompressor} makes of a text: every second word, and regions whole. */
export function halve(text: string): string {
  const halved = (words: string) => words.replaceAll(/(\S+\s+)\S+\s+/g, '$1');
  return text
    .split(/(<skimp keep>[^]*?<\/skimp>)/)
    .map((piece, index) => (index % 2 === 1 ? piece.slice(12, -8) : halved(piece)))
    .join('');
}

/** Halves texts, and writes down what it was asked; `script` may do otherwise. */
export function createTestCompressor(script?: Compressor['compress']) {
  const calls: ({ readonly text: string } & Omit<Options, 'signal'>)[] = [];
  const compress: Compressor['compress'] = async (text, options): Promise<CompressionResult> => {
    const { signal, ...rest } = options;
    calls.push({ text, ...rest });
    if (script !== undefined) return script(text, options);
    signal?.throwIfAborted();
    return toResult(text, halve(text));
  };
  return { calls, compress };
}

/** A result with words for tokens. */
export function toResult(source: string, text: string): CompressionResult {
  const count = (words: string) => words.split(/\s+/).filter(Boolean).length;
  return {
    text,
    kept: [],
    originalTokens: count(source),
    keptTokens: count(text),
    milliseconds: 1,
  };
}
