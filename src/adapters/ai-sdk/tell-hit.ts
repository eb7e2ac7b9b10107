import type { UIMessageChunk } from 'ai';

/** What a chat is told of an answer from the cache, as transient data of the type `data-skimp`. */
export type SkimpHit = {
  readonly tier: 'exact' | 'semantic';
  /** Names the entry; give it to `reportWrongHit`. */
  readonly key: string;
  /** Cosine of the two prompts, -1 to 1. */
  readonly similarity: number;
  /** Time since the answer was stored, in seconds. */
  readonly ageSeconds: number;
};

/** What the headers of an answer say of the hit that it is; `undefined` for one of the server's. */
export function readHit(headers: Headers): SkimpHit | undefined {
  if (headers.get('x-skimp') !== 'hit') return undefined;
  return {
    tier: headers.get('x-skimp-tier') === 'semantic' ? 'semantic' : 'exact',
    key: decodeURIComponent(headers.get('x-skimp-key') ?? ''),
    similarity: Number(headers.get('x-skimp-similarity')),
    ageSeconds: Number(headers.get('x-skimp-age')),
  };
}

/** The stream with word of the hit behind its start, which the SDK hands to `onData` alone. */
export function tellHit(
  stream: ReadableStream<UIMessageChunk>,
  hit: SkimpHit,
): ReadableStream<UIMessageChunk> {
  const told = new TransformStream<UIMessageChunk, UIMessageChunk>({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      if (chunk.type !== 'start') return;
      controller.enqueue({ type: 'data-skimp', data: hit, transient: true });
    },
  });
  return stream.pipeThrough(told);
}
