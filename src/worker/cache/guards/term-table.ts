import type { Difference } from './guard.js';
import { isNegatedAt } from './negators.js';
import { oncePerPrompt } from './once-per-prompt.js';
import type { PromptWords, Word } from './prompt-words.js';
import { stem } from './stem.js';

/** A term's place: topic number * sidesPerTopic + side number. */
type Place = number;

/** A term that one prompt has on one side of a topic, and a term of the other prompt on another. */
export type Opposition = { readonly inA: readonly Word[]; readonly inB: readonly Word[] };

type Found = ReadonlyMap<Place, readonly Word[]>;

type Terms = {
  readonly places: ReadonlyMap<string, readonly Place[]>;
  /** How many words the longest term has that starts with a stem. */
  readonly longestFrom: ReadonlyMap<string, number>;
};

const sidesPerTopic = 64;

/**
 * Reads a table of words that exclude each other: one line a topic, `/` between sides, blanks
 * between the terms of one side, `_` inside a term of several words.
 *
 * @returns finds the oppositions of two prompts: one prompt says `accept` where the other one says
 *   `reject`. Symmetric; a side that both prompts hold tells nothing.
 */
export function createOppositionFinder(
  table: string,
): (a: PromptWords, b: PromptWords) => readonly Opposition[] {
  const terms = readTable(table);
  const readPlaces = oncePerPrompt((prompt) => findPlaces(prompt, terms));
  return (a, b) => {
    const [placesA, placesB] = [readPlaces(a), readPlaces(b)];
    if (placesA.size === 0 || placesB.size === 0) return [];
    const found: Opposition[] = [];
    for (const [place, inA] of placesA) {
      if (placesB.has(place)) continue;
      for (const [other, inB] of placesB) {
        if (toTopic(other) !== toTopic(place) || placesA.has(other)) continue;
        // "cannot remember" and "forgot" agree.
        if (isDenied(a, inA) === isDenied(b, inB)) found.push({ inA, inB });
      }
    }
    return found;
  };
}

/** One difference of all `oppositions`, or `undefined` when there is none. */
export function toDifference(
  oppositions: readonly Opposition[],
  certainFrom: number,
): Difference | undefined {
  const [first] = oppositions;
  if (first === undefined) return undefined;
  return {
    detail: `${spell(first.inA)} / ${spell(first.inB)}`,
    stems: oppositions.flatMap(({ inA, inB }) => [...inA, ...inB].map((word) => word.stem)),
    certainFrom,
  };
}

function toTopic(place: Place): number {
  return Math.floor(place / sidesPerTopic);
}

function readTable(table: string): Terms {
  const places = new Map<string, Place[]>();
  const longestFrom = new Map<string, number>();
  table
    .trim()
    .split('\n')
    .forEach((line, topic) => {
      line.split('/').forEach((side, at) => {
        for (const term of side.split(' ')) {
          const stems = term.split('_').map(stem);
          const [key, first] = [stems.join('_'), stems[0] ?? ''];
          places.set(key, [...(places.get(key) ?? []), topic * sidesPerTopic + at]);
          longestFrom.set(first, Math.max(longestFrom.get(first) ?? 0, stems.length));
        }
      });
    });
  return { places, longestFrom };
}

function findPlaces({ words }: PromptWords, { places, longestFrom }: Terms): Found {
  const found = new Map<Place, readonly Word[]>();
  words.forEach((word, at) => {
    const longest = Math.min(longestFrom.get(word.stem) ?? 0, words.length - at);
    let key = word.stem;
    for (let length = 1; length <= longest; length++) {
      for (const place of places.get(key) ?? []) found.set(place, words.slice(at, at + length));
      key += `_${words[at + length]?.stem ?? ''}`;
    }
  });
  return found;
}

function isDenied(prompt: PromptWords, [first]: readonly Word[]): boolean {
  return first !== undefined && isNegatedAt(prompt, first);
}

function spell(words: readonly Word[]): string {
  return words.map(({ lower }) => lower).join(' ');
}
