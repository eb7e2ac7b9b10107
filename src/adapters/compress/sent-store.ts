import type { SentTurn } from './sent-memory.js';
import { applyCuts, putsIn, type TextCuts, toCuts } from './text-cuts.js';

const PREFIX = 'skimp:sent:';
/** Turns that are kept: the newest ones. */
const MAX_TURNS = 500;
/** Characters of a turn's texts past which it is not kept. */
const MAX_LENGTH = 200_000;

/** What is kept of a turn: when, and how each of its texts was cut, or nothing as it was not. */
type Kept = {
  readonly at: number;
  readonly cuts?: readonly TextCuts[];
  readonly originalTokens?: number;
  readonly sentTokens?: number;
};

/** How turns were sent, kept where a reload of the page does not reach. */
export interface SentStore {
  /** How the turn with these texts was sent; `undefined` where that is not known. */
  load(key: string, texts: readonly string[]): SentTurn | undefined;
  /** Keeps how it was sent, if there is room. */
  save(key: string, texts: readonly string[], sent: SentTurn): void;
}

/** A store in `storage`, in the tab's where none is given, or none at all. */
export function openSentStore(storage: Storage | null | undefined): SentStore | undefined {
  const chosen = storage === undefined ? findTabStorage() : storage;
  return chosen === null ? undefined : createSentStore(chosen);
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
 * A store of places where texts were cut: no word of a text is in it. Whatever is wrong with
 * `storage`, nothing is thrown, and less is known.
 *
 * @param clock - Milliseconds since 1970.
 */
export function createSentStore(storage: Storage, clock: () => number = Date.now): SentStore {
  return {
    load(key, texts) {
      try {
        return toSent(JSON.parse(storage.getItem(PREFIX + key) ?? 'null'), texts);
      } catch {
        return undefined;
      }
    },
    save(key, texts, sent) {
      const kept = toKept(texts, sent, clock());
      if (kept === undefined) return;
      try {
        makeRoom(storage, MAX_TURNS - 1);
        storage.setItem(PREFIX + key, JSON.stringify(kept));
      } catch {
        keepLess(storage, PREFIX + key, JSON.stringify(kept));
      }
    },
  };
}

function toKept(texts: readonly string[], sent: SentTurn, at: number): Kept | undefined {
  if (sent === 'as-written') return { at };
  if (texts.reduce((total, { length }) => total + length, 0) > MAX_LENGTH) return undefined;
  const cuts = texts.map((text, index) => toCuts(text, sent.texts[index] ?? text));
  const { originalTokens, sentTokens } = sent;
  return cuts.some(putsIn) ? undefined : { at, cuts, originalTokens, sentTokens };
}

function toSent(kept: Kept | null, texts: readonly string[]): SentTurn | undefined {
  if (typeof kept?.at !== 'number') return undefined;
  const { cuts, originalTokens = 0, sentTokens = 0 } = kept;
  if (cuts === undefined) return 'as-written';
  const cut = texts.map((text, index) => applyCuts(text, cuts[index] ?? []));
  if (cuts.length !== texts.length || !cut.every((text) => text !== undefined)) return undefined;
  return { texts: cut, originalTokens, sentTokens };
}

/** A second try with half of the turns gone: the storage, which is the app's too, is full. */
function keepLess(storage: Storage, name: string, value: string): void {
  try {
    makeRoom(storage, Math.floor(findKept(storage).length / 2));
    storage.setItem(name, value);
  } catch {
    // As without a store.
  }
}

/** Removes the oldest turns until `count` are left. */
function makeRoom(storage: Storage, count: number): void {
  const names = findKept(storage);
  if (names.length <= count) return;
  const ages = names.map((name) => ({ name, at: readAge(storage.getItem(name)) }));
  ages.sort((left, right) => left.at - right.at);
  for (const { name } of ages.slice(0, names.length - count)) storage.removeItem(name);
}

function findKept(storage: Storage): readonly string[] {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  return names.filter((name) => name.startsWith(PREFIX));
}

function readAge(value: string | null): number {
  try {
    return Number(JSON.parse(value ?? '{}').at) || 0;
  } catch {
    return 0;
  }
}
