import type { Optimizer } from '../../client/optimizer.js';
import type { CompressionSettings } from '../compress-options.js';
import { report, reportFallback } from '../report.js';
import type { PlainTurn } from '../wire/conversation.js';
import { type Compressor, compressTurns, findNewTurns } from './compress-turns.js';
import { stripKeepTags } from './keep-tags.js';
import { createSentMemory, type SentTurn } from './sent-memory.js';
import { openSentStore } from './sent-store.js';
import { totalLength } from './total-length.js';
import { toTurnKeys } from './turn-keys.js';

/** A conversation on its way out. */
export type OutgoingTurns<T extends PlainTurn> = {
  readonly turns: readonly T[];
  /** The model asked for, where the request names one. */
  readonly model: string | undefined;
  /** Whether the newest turns may be shortened; older ones are sent as before in any case. */
  readonly mayCompress: boolean;
  /** Ends the compression. */
  readonly deadline: AbortSignal;
  /** The app's. */
  readonly signal: AbortSignal | undefined;
};

/** A turn of the user's or a tool's, and what to send in place of its texts, one for each. */
export type OutgoingTurn<T extends PlainTurn> = {
  readonly turn: T;
  readonly texts: readonly string[];
};

type Shortener = Pick<Optimizer, 'report'> & Compressor;
type TurnState<T> = { readonly turn: T; readonly key: string; readonly sent: SentTurn | undefined };
type Remembered = ReturnType<typeof createRemembered>;

/**
 * Makes what shortens conversations: the newest turns lose words, and what was sent before comes out
 * as it was sent, so that a provider's prefix cache holds. Rejects only with the app's reason.
 */
export function createTurnShortener(optimizer: Shortener, settings: CompressionSettings) {
  const remembered = createRemembered(settings);
  return async <T extends PlainTurn>(
    outgoing: OutgoingTurns<T>,
  ): Promise<readonly OutgoingTurn<T>[]> => {
    const { turns, model, signal } = outgoing;
    const startedAt = performance.now();
    const states = await recall(turns, remembered);
    const shortened = await compressTurns(
      turns,
      outgoing.mayCompress ? findFresh(turns, states) : [],
      {
        compressor: optimizer,
        settings,
        signal: outgoing.deadline,
        onFailure: (error) => {
          if (signal?.aborted !== true) reportFallback(optimizer, error);
        },
      },
    );
    const milliseconds = performance.now() - startedAt;
    signal?.throwIfAborted(); // what is not sent must not be remembered
    const settled = states.map((state) => ({
      turn: state.turn,
      sent: remembered.settle(state, shortened.get(state.turn)),
    }));
    reportSaving(optimizer, settled, { milliseconds, ...(model === undefined ? {} : { model }) });
    return settled.map(({ turn, sent }) => ({ turn, texts: toTexts(turn, sent) }));
  };
}

/** How the user's and the tools' turns were sent: others are never changed. */
async function recall<T extends PlainTurn>(
  turns: readonly T[],
  remembered: Remembered,
): Promise<readonly TurnState<T>[]> {
  const keys = await toTurnKeys(turns.map(({ identity }) => identity));
  const newTurns = new Set<PlainTurn>(findNewTurns(turns));
  const states = turns.map((turn, index) => ({ turn, key: keys[index] ?? '' }));
  return states
    .filter(({ turn: { role } }) => role === 'user' || role === 'tool')
    .map(({ turn, key }) => ({
      turn,
      key,
      sent: remembered.recall(key, turn, { isNew: newTurns.has(turn) }),
    }));
}

/** How turns were sent: in memory for this page, and in a store for the next one. */
function createRemembered({ storage, minTokens }: CompressionSettings) {
  const memory = createSentMemory();
  const store = openSentStore(storage);
  const textsOf = ({ texts }: PlainTurn) => texts.map(({ text }) => text);

  function save(key: string, turn: PlainTurn, sent: SentTurn): void {
    const texts = textsOf(turn);
    if (totalLength(texts) < minTokens && turn.isKept !== true) return; // never cut
    setTimeout(() => store?.save(key, texts, sent)); // not before the request is out
  }

  return {
    /** New ones are as this page sent them: an app may have other settings since the last one. */
    recall: (key: string, turn: PlainTurn, { isNew }: { isNew: boolean }): SentTurn | undefined =>
      memory.recall(key) ?? (isNew ? undefined : store?.load(key, textsOf(turn))),
    /** Records how a turn is sent: as before, if it was, or else as `shortened`, if it is. */
    settle({ turn, key, sent }: TurnState<PlainTurn>, shortened: SentTurn | undefined): SentTurn {
      const isKept = turn.isKept === true;
      const settled = isKept
        ? memory.overrule(key)
        : memory.settle(key, sent ?? shortened ?? 'as-written');
      if (settled !== sent) save(key, turn, settled);
      return settled;
    },
  };
}

function findFresh(
  turns: readonly PlainTurn[],
  states: readonly TurnState<PlainTurn>[],
): readonly PlainTurn[] {
  const unsent = new Set(states.filter(({ sent }) => sent === undefined).map(({ turn }) => turn));
  return findNewTurns(turns).filter((turn) => unsent.has(turn) && turn.isKept !== true);
}

type Settled = { readonly turn: PlainTurn; readonly sent: SentTurn };

type RequestFacts = { readonly milliseconds: number; readonly model?: string };

function reportSaving(
  optimizer: Shortener,
  settled: readonly Settled[],
  facts: RequestFacts,
): void {
  const shortened = settled.flatMap(({ sent }) => (sent === 'as-written' ? [] : [sent]));
  if (shortened.length === 0) return;
  const count = (toTokens: (sent: (typeof shortened)[number]) => number) =>
    shortened.reduce((sum, sent) => sum + toTokens(sent), 0);
  report(optimizer, {
    type: 'compress-request',
    messages: shortened.length,
    originalTokens: count(({ originalTokens }) => originalTokens),
    sentTokens: count(({ sentTokens }) => sentTokens),
    ...facts,
  });
}

/** The tags that keep regions are for skimp alone, and are never sent. */
function toTexts({ texts }: PlainTurn, sent: SentTurn): readonly string[] {
  return texts.map(({ text }, index) =>
    sent === 'as-written' ? stripKeepTags(text) : (sent.texts[index] ?? text),
  );
}
