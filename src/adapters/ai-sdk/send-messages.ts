import type { ChatTransport, UIMessage, UIMessageChunk } from 'ai';
import type { Optimizer } from '../../client/optimizer.js';
import { createSkimpFetch, type SkimpFetchOptions } from '../fetch.js';
import { report } from '../report.js';

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

/** Makes a transport that sends with this `fetch`. */
export type CreateTransport<Message extends UIMessage> = (
  fetch: typeof globalThis.fetch,
) => ChatTransport<Message>;

/** What {@link createMessageSender} works with. */
export type MessageSenderOptions<Message extends UIMessage> = {
  readonly createTransport: CreateTransport<Message>;
  readonly baseFetch: typeof fetch | undefined;
  readonly fetchOptions: SkimpFetchOptions;
};

/** Makes what sends the messages of a chat, each with a transport of its own: it tells whose answer it was. */
export function createMessageSender<Message extends UIMessage>(
  optimizer: Optimizer,
  { createTransport, baseFetch, fetchOptions }: MessageSenderOptions<Message>,
): ChatTransport<Message>['sendMessages'] {
  const skimpFetch = createSkimpFetch(optimizer, baseFetch, fetchOptions);
  return async (call) => {
    let hit: SkimpHit | undefined;
    let isUsed = false;
    // A body that the app prepared need not say why it is sent.
    const fresh: RequestInit = call.trigger === 'regenerate-message' ? { cache: 'no-cache' } : {};
    const transport = createTransport(async (input, init) => {
      isUsed = true;
      const response = await skimpFetch(input, { ...init, ...fresh });
      hit = readHit(response.headers);
      return response;
    });
    const stream = await transport.sendMessages(call);
    if (!isUsed)
      report(optimizer, { type: 'cache-skip', reason: 'the transport has its own fetch' });
    return hit === undefined ? stream : tellHit(stream, hit);
  };
}

/** What the headers of an answer say of the hit that it is; `undefined` for one of the server's. */
function readHit(headers: Headers): SkimpHit | undefined {
  if (headers.get('x-skimp') !== 'hit') return undefined;
  return {
    tier: headers.get('x-skimp-tier') === 'semantic' ? 'semantic' : 'exact',
    key: decodeURIComponent(headers.get('x-skimp-key') ?? ''),
    similarity: Number(headers.get('x-skimp-similarity')),
    ageSeconds: Number(headers.get('x-skimp-age')),
  };
}

/** The stream with word of the hit behind its start, which the SDK hands to `onData` alone. */
function tellHit(
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
