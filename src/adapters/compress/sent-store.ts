import type { SentTurn } from './sent-memory.js';
import { applyCuts, isTextCuts, putsIn, type TextCuts, toCuts } from './text-cuts.js';
import { totalLength } from './total-length.js';

const PREFIX = 'skimp:sent:';
/** Turns that are kept: the newest ones. */
const MAX_TURNS = 500;
/** Characters of them all, a tenth of what a storage commonly holds: the rest is the app's. */
const MAX_STORED = 500_000;
/** Characters of a turn's texts past which it is not kept. */
const MAX_LENGTH = 200_000;

/** How the texts of a turn were cut; `null`: it was sent as written. */
type Kept = {
  readonly cuts: readonly TextCuts[];
  readonly originalTokens: number;
  readonly sentTokens: number;
} | null;

/** How turns were sent, kept where a reload of the page does not reach. */
export interface SentStore {
  /** How the turn with these texts was sent; `undefined` where that is not known. */
  load(key: string, texts: readonly string[]): SentTurn | undefined;
  /** Keeps how it was sent last, if there is room; else nothing is known of it any more. */
  save(key: string, texts: readonly string[], sent: SentTurn): void;
}

/** A store in `storage`, in the tab's where none is given; none in what is no Web Storage. */
export function openSentStore(storage: Storage | null | undefined): SentStore | undefined {
  const chosen = storage === undefined ? findTabStorage() : storage;
  const isUsable = Number.isInteger(chosen?.length); // those that answer later have none
  return chosen !== null && isUsable ? createSentStore(chosen) : undefined;
}

/** None in workers, nor where the user lets pages store nothing. */
function findTabStorage(): Storage | null {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}

/**
 * A store of places where texts were cut: no word of a text is in it, nor is any taken out of it.
 * Whatever is wrong with `storage`, nothing is thrown, and less is known.
 *
 * @param clock - Milliseconds since 1970.
 */
export function createSentStore(storage: Storage, clock: () => number = Date.now): SentStore {
  return {
    load(key, texts) {
      try {
        const value = storage.getItem(PREFIX + key);
        return value === null ? undefined : toSent(readKept(value), texts);
      } catch {
        return undefined;
      }
    },
    save(key, texts, sent) {
      try {
        storage.removeItem(PREFIX + key);
        const kept = toKept(texts, sent);
        if (kept === undefined) return;
        put(storage, PREFIX + key, `${clock()} ${JSON.stringify(kept)}`);
      } catch {
        // As without a store.
      }
    },
  };
}

function toKept(texts: readonly string[], sent: SentTurn): Kept | undefined {
  if (sent === 'as-written') return null;
  if (totalLength(texts) > MAX_LENGTH) return undefined;
  const cuts = texts.map((text, index) => toCuts(text, sent.texts[index] ?? text));
  const { originalTokens, sentTokens } = sent;
  return cuts.some(putsIn) ? undefined : { cuts, originalTokens, sentTokens };
}

/** Undefined where the value is none of {@link createSentStore}'s. */
function readKept(value: string): Kept | undefined {
  const kept: unknown = JSON.parse(value.slice(value.indexOf(' ') + 1));
  if (kept === null) return null;
  const { cuts, originalTokens, sentTokens } = kept as Record<string, unknown>;
  if (!Array.isArray(cuts) || !cuts.every(isTextCuts)) return undefined;
  if (typeof originalTokens !== 'number' || typeof sentTokens !== 'number') return undefined;
  return { cuts, originalTokens, sentTokens };
}

function toSent(kept: Kept | undefined, texts: readonly string[]): SentTurn | undefined {
  if (kept === undefined) return undefined;
  if (kept === null) return 'as-written';
  const { cuts, originalTokens, sentTokens } = kept;
  if (cuts.length !== texts.length || cuts.some(putsIn)) return undefined;
  const cut = texts.map((text, index) => applyCuts(text, cuts[index] ?? []));
  return cut.every((text) => text !== undefined)
    ? { texts: cut, originalTokens, sentTokens }
    : undefined;
}

/** Makes room for a value and puts it; when the storage is full, with half of the others gone. */
function put(storage: Storage, name: string, value: string): void {
  const limit = { turns: MAX_TURNS - 1, length: MAX_STORED - value.length };
  makeRoom(storage, limit);
  try {
    storage.setItem(name, value);
  } catch {
    makeRoom(storage, { ...limit, turns: Math.floor(findKept(storage).length / 2) });
    storage.setItem(name, value);
  }
}

/** Removes the oldest turns until no more than so many, of no more characters, are left. */
function makeRoom(storage: Storage, limit: { turns: number; length: number }): void {
  const kept = findKept(storage).map((name) => {
    const value = storage.getItem(name) ?? '';
    return { name, at: Number.parseInt(value, 10) || 0, length: value.length };
  });
  kept.sort((left, right) => right.at - left.at);
  let length = 0;
  for (const [index, turn] of kept.entries()) {
    length += turn.length;
    if (index >= limit.turns || length > limit.length) storage.removeItem(turn.name);
  }
}

function findKept(storage: Storage): readonly string[] {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  return names.filter((name) => name.startsWith(PREFIX));
}
