import { antonymTable } from './antonym-table.js';
import type { Guard } from './guard.js';
import { isNegatedAt } from './negators.js';
import { oncePerPrompt } from './once-per-prompt.js';
import { isOppositeByAffix } from './opposite-affixes.js';
import type { PromptWords, Word } from './prompt-words.js';
import { stem } from './stem.js';
import { wordsMissing } from './word-differences.js';

/** A word's place in the table: topic number * 16 + side number. */
type Place = number;

const places = toPlaces(antonymTable);

function toPlaces(table: string): ReadonlyMap<string, readonly Place[]> {
  const map = new Map<string, Place[]>();
  table
    .trim()
    .split('\n')
    .forEach((line, topic) => {
      line.split('/').forEach((side, at) => {
        for (const term of side.split(' ')) {
          const key = term.split('_').map(stem).join('_');
          map.set(key, [...(map.get(key) ?? []), topic * 16 + at]);
        }
      });
    });
  return map;
}

/** One prompt says `accept` where the other says `reject`. */
export const antonyms: Guard = {
  name: 'antonyms',
  check(a, b) {
    return findListed(a, b) ?? findAffixed(a, b) ?? findParticle(a, b) ?? findParticle(b, a);
  },
};

function findListed(a: PromptWords, b: PromptWords): string | undefined {
  const [inA, inB] = [readPlaces(a), readPlaces(b)];
  for (const [place, word] of inA) {
    if (inB.has(place)) continue;
    for (const [other, otherWord] of inB) {
      if (other >> 4 !== place >> 4 || inA.has(other)) continue;
      // "cannot remember" and "forgot" agree.
      if (isNegatedAt(a, word) === isNegatedAt(b, otherWord))
        return `${word.lower} / ${otherWord.lower}`;
    }
  }
  return undefined;
}

const readPlaces = oncePerPrompt(findPlaces);

function findPlaces({ words }: PromptWords): ReadonlyMap<Place, Word> {
  const found = new Map<Place, Word>();
  words.forEach((word, at) => {
    const next = words[at + 1];
    for (const place of places.get(word.stem) ?? []) found.set(place, word);
    for (const place of (next && places.get(`${word.stem}_${next.stem}`)) ?? [])
      found.set(place, word);
  });
  return found;
}

function findAffixed(a: PromptWords, b: PromptWords): string | undefined {
  const missingB = wordsMissing(b, a);
  for (const x of wordsMissing(a, b)) {
    const y = missingB.find((other) => isOppositeByAffix(x.lower, other.lower));
    if (y && isNegatedAt(a, x) === isNegatedAt(b, y)) return `${x.lower} / ${y.lower}`;
  }
  return undefined;
}

const particles = new Map([
  ['up', 'down'],
  ['on', 'off'],
  ['in', 'out'],
]);

/** `scale up / scale down`, `turn the light on / turn the light off`: after the same word. */
function findParticle(a: PromptWords, b: PromptWords): string | undefined {
  for (let at = 1; at < a.words.length; at++) {
    const [before, particle] = [a.words[at - 1], a.words[at]];
    const opposite = particles.get(particle?.lower ?? '');
    if (!before || !particle || opposite === undefined || a.lowers.has(opposite)) continue;
    const isOpposed = b.words.some(
      ({ lower }, i) => lower === opposite && b.words[i - 1]?.stem === before.stem,
    );
    if (isOpposed && !b.lowers.has(particle.lower))
      return `${before.lower} ${particle.lower} / ${before.lower} ${opposite}`;
  }
  return undefined;
}
