import type { Optimizer } from '../../client/optimizer.js';
import type { CompressionSettings } from '../compress-options.js';
import type { FetchArguments } from '../fetch-arguments.js';
import type { ModelCall } from '../model-call.js';
import type { Turn } from '../wire/conversation.js';
import type { Compressor } from './compress-turns.js';
import { loadConversationReader } from './conversation-readers.js';
import { readExactBody, withBody } from './request-body.js';
import { createTurnShortener, type OutgoingTurn } from './shorten-turns.js';

/** Longest body that is read, in characters; longer than the cache's, for the sake of images. */
const MAX_BODY_LENGTH = 10_000_000;

/** A call on its way out. */
export type OutgoingCall = {
  readonly call: ModelCall;
  readonly args: FetchArguments;
  /** Whether the newest turns may be shortened; older ones are sent as before in any case. */
  readonly mayCompress: boolean;
  /** Ends the compression. */
  readonly deadline: AbortSignal;
};

/**
 * Makes what shortens requests, as {@link createTurnShortener} does conversations. All else of a
 * body stays as the app wrote it; a body that has nothing to change is the app's own.
 */
export function createRequestShortener(
  optimizer: Pick<Optimizer, 'report'> & Compressor,
  settings: CompressionSettings,
): (outgoing: OutgoingCall) => Promise<FetchArguments> {
  const shortenTurns = createTurnShortener(optimizer, settings);
  return async ({ call, args, mayCompress, deadline }) => {
    const body = await readExactBody(args);
    if (body === undefined || body.length > MAX_BODY_LENGTH) return args;
    const read = await loadConversationReader(call.wire);
    const conversation = read(call.url, body);
    if (conversation === undefined) return args;
    const { turns, isBypassed, model } = conversation;
    const sent = await shortenTurns({
      turns,
      model,
      mayCompress: mayCompress && !isBypassed,
      deadline,
      signal: call.signal,
    });
    const changed = splice(body, sent);
    return changed === body ? args : withBody(args, changed);
  };
}

/** Replaces the literals of the texts that are sent otherwise, and not a byte beside them. */
function splice(body: string, sent: readonly OutgoingTurn<Turn>[]): string {
  let spliced = '';
  let at = 0;
  for (const { turn, texts } of sent) {
    for (const [index, { text, range }] of turn.texts.entries()) {
      const words = texts[index] ?? text;
      if (words === text) continue;
      spliced += body.slice(at, range[0]) + JSON.stringify(words);
      at = range[1];
    }
  }
  return spliced + body.slice(at);
}
