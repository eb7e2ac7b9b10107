import type { Optimizer } from '../../client/optimizer.js';
import type { CompressionSettings } from '../compress-options.js';
import type { FetchArguments } from '../fetch-arguments.js';
import type { ModelCall } from '../model-call.js';
import { report, reportFallback } from '../report.js';
import type { Conversation, Turn } from '../wire/conversation.js';
import { type Compressor, compressTurns, findNewTurns } from './compress-turns.js';
import { loadConversationReader } from './conversation-readers.js';
import { stripKeepTags } from './keep-tags.js';
import { readExactBody, withBody } from './request-body.js';
import { createSentMemory, type SentMemory, type SentTurn } from './sent-memory.js';
import { toTurnKeys } from './turn-keys.js';

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

type Shortener = Pick<Optimizer, 'report'> & Compressor;
type TurnState = { readonly turn: Turn; readonly key: string; readonly sent: SentTurn | undefined };

/**
 * Makes what shortens requests: the newest turns lose words, and what was sent before is put in
 * again byte for byte, so that a provider's prefix cache holds. All else of a body stays as the app
 * wrote it; a body that has nothing to change is the app's own.
 */
export function createRequestShortener(
  optimizer: Shortener,
  settings: CompressionSettings,
): (outgoing: OutgoingCall) => Promise<FetchArguments> {
  const memory = createSentMemory();
  return async (outgoing) => {
    const { call, args } = outgoing;
    const body = await readExactBody(args);
    if (body === undefined || body.length > MAX_BODY_LENGTH) return args;
    const read = await loadConversationReader(call.wire);
    const conversation = read(call.url, body);
    if (conversation === undefined) return args;
    const states = await recall(conversation, memory);
    const { turns, isBypassed } = conversation;
    const fresh = outgoing.mayCompress && !isBypassed ? findFresh(turns, states) : [];
    const shortened = await compressTurns(turns, fresh, {
      compressor: optimizer,
      settings,
      signal: outgoing.deadline,
      onFailure: (error) => {
        if (call.signal?.aborted !== true) reportFallback(optimizer, error);
      },
    });
    call.signal?.throwIfAborted(); // what is not sent must not be remembered
    const settled = states.map(({ turn, key }) => ({
      turn,
      sent: turn.isMarked
        ? memory.overrule(key)
        : memory.settle(key, shortened.get(turn) ?? 'as-written'),
    }));
    reportSaving(optimizer, settled);
    const changed = splice(body, settled);
    return changed === body ? args : withBody(args, changed);
  };
}

/** How the user's and the tools' turns were sent: others are never changed. */
async function recall({ turns }: Conversation, memory: SentMemory): Promise<readonly TurnState[]> {
  const keys = await toTurnKeys(turns.map(({ identity }) => identity));
  const states = turns.map((turn, index) => ({ turn, key: keys[index] ?? '' }));
  return states
    .filter(({ turn: { role } }) => role === 'user' || role === 'tool')
    .map(({ turn, key }) => ({ turn, key, sent: memory.recall(key) }));
}

function findFresh(turns: readonly Turn[], states: readonly TurnState[]): readonly Turn[] {
  const unsent = new Set(states.filter(({ sent }) => sent === undefined).map(({ turn }) => turn));
  return findNewTurns(turns).filter((turn) => unsent.has(turn) && !turn.isMarked);
}

type Settled = { readonly turn: Turn; readonly sent: SentTurn };

function reportSaving(optimizer: Shortener, settled: readonly Settled[]): void {
  const shortened = settled.flatMap(({ sent }) => (sent === 'as-written' ? [] : [sent]));
  if (shortened.length === 0) return;
  const count = (toTokens: (sent: (typeof shortened)[number]) => number) =>
    shortened.reduce((sum, sent) => sum + toTokens(sent), 0);
  report(optimizer, {
    type: 'compress-request',
    messages: shortened.length,
    originalTokens: count(({ originalTokens }) => originalTokens),
    sentTokens: count(({ sentTokens }) => sentTokens),
  });
}

/** Replaces the literals of the texts that are sent otherwise, and not a byte beside them. */
function splice(body: string, settled: readonly Settled[]): string {
  let spliced = '';
  let at = 0;
  for (const { turn, sent } of settled) {
    for (const [index, { text, range }] of turn.texts.entries()) {
      const words = sent === 'as-written' ? stripKeepTags(text) : (sent.texts[index] ?? text);
      if (words === text) continue;
      spliced += body.slice(at, range[0]) + JSON.stringify(words);
      at = range[1];
    }
  }
  return spliced + body.slice(at);
}
