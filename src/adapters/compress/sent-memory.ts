import { totalLength } from './total-length.js';

/** Characters of keys and texts that are remembered: some 8 MB. */
const MAX_LENGTH = 4_000_000;

/** What was sent in place of a turn's texts: one for each, in order. */
export type ShortenedTurn = {
  readonly texts: readonly string[];
  /** Tokens of what of the turn was compressed, before and after. */
  readonly originalTokens: number;
  readonly sentTokens: number;
};

/** How a turn was sent. */
export type SentTurn = ShortenedTurn | 'as-written';

/** How turns were sent: what a provider has seen once must reach it the same for ever. */
export interface SentMemory {
  /** How this turn was sent; `undefined`: never, as far as is remembered. */
  recall(key: string): SentTurn | undefined;
  /** Records how a turn is sent. @returns how it was sent first, which is what counts. */
  settle(key: string, sent: SentTurn): SentTurn;
  /** Records that a turn is sent as written, though it may have been sent shorter: the app says so. */
  overrule(key: string): SentTurn;
}

/** A memory of a bounded number of characters, which forgets what was asked for longest ago. */
export function createSentMemory(maxLength = MAX_LENGTH): SentMemory {
  const entries = new Map<string, SentTurn>();
  let length = 0;

  function recall(key: string): SentTurn | undefined {
    const sent = entries.get(key);
    if (sent === undefined) return undefined;
    entries.delete(key); // a map is in the order of insertion
    entries.set(key, sent);
    return sent;
  }

  function forget(key: string): void {
    const sent = entries.get(key);
    if (sent === undefined) return;
    entries.delete(key);
    length -= toLength(key, sent);
  }

  function settle(key: string, sent: SentTurn): SentTurn {
    const first = recall(key);
    if (first !== undefined) return first;
    entries.set(key, sent);
    length += toLength(key, sent);
    for (const oldKey of entries.keys()) {
      if (length <= maxLength) break;
      forget(oldKey);
    }
    return sent;
  }

  return {
    recall,
    settle,
    overrule(key) {
      forget(key);
      return settle(key, 'as-written');
    },
  };
}

function toLength(key: string, sent: SentTurn): number {
  if (sent === 'as-written') return key.length;
  return key.length + totalLength(sent.texts);
}
