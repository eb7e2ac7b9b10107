import { antonymTable, possibleAntonyms } from './antonym-table.js';
import type { Guard } from './guard.js';
import { isNegatedAt } from './negators.js';
import { isOppositeByAffix } from './opposite-affixes.js';
import type { PromptWords, Word } from './prompt-words.js';
import { createOppositionFinder, toDifference, type Opposition } from './term-table.js';
import { certainOpposites, possibleOpposites } from './wordnet-table.js';
import { findOppositeWords } from './word-differences.js';
import { toWordSet } from './word-lists.js';

const findListed = createOppositionFinder(`${antonymTable.trim()}\n${certainOpposites.trim()}`);
const findPossible = createOppositionFinder(
  `${possibleAntonyms.trim()}\n${possibleOpposites.trim()}`,
);
/** How much else the prompts must agree in for a veto, by how sure the opposition is. */
const certainFrom = { listed: 0.85, affixed: 0.85, possible: 0.95 };

/** One prompt says `accept` where the other says `reject`. */
export const antonyms: Guard = {
  name: 'antonyms',
  check(a, b) {
    const isAsked = ({ inA, inB }: Opposition): boolean => !isScale(a, inA) || !isScale(b, inB);
    const affixed = [...findAffixed(a, b), ...findParticles(a, b), ...findParticles(b, a)];
    return (
      toDifference(findListed(a, b).filter(isAsked), certainFrom.listed) ??
      toDifference(affixed, certainFrom.affixed) ??
      toDifference(findPossible(a, b).filter(isAsked), certainFrom.possible)
    );
  },
};

/** `how easy is it` asks what `how hard is it` asks. */
function isScale({ words }: PromptWords, [first]: readonly Word[]): boolean {
  return first !== undefined && words[words.indexOf(first) - 1]?.lower === 'how';
}

function findAffixed(a: PromptWords, b: PromptWords): readonly Opposition[] {
  return findOppositeWords(a, b, (x, y) => isOppositeByAffix(x.lower, y.lower)).flatMap(([x, y]) =>
    isTurned(a, x) === isTurned(b, y) ? [{ inA: [x], inB: [y] }] : [],
  );
}

/** `least painful` says what `painless` says. */
function isTurned(prompt: PromptWords, word: Word): boolean {
  const before = prompt.words[prompt.words.indexOf(word) - 1]?.lower ?? '';
  return isNegatedAt(prompt, word) || before === 'least' || before === 'less';
}

const particles = new Map([
  ['up', 'down'],
  ['on', 'off'],
  ['in', 'out'],
]);
/** Words with which a particle is part of the meaning; `questions on Quora` is a place. */
const particleVerbs = toWordSet(
  'turn turned turning turns switch switched log logged logging sign signing power powered scale ' +
    'zoom clock check opt roll speed slow go goes going went move moving phase dial lock locked ' +
    'shut start boot back cut count sit stand walk climb look lean drive fade mode light lights ' +
    'it them that thumbs volume brightness heating alarm filter bluetooth wifi feature sound screen',
);

/** `scale up / scale down`, `turn the light on / turn the light off`: after the same word. */
function findParticles(a: PromptWords, b: PromptWords): readonly Opposition[] {
  return a.words.flatMap((particle, at) => {
    const before = a.words[at - 1];
    const opposite = particles.get(particle.lower);
    if (!before || opposite === undefined || !canTakeParticle(a.words, at)) return [];
    if (a.lowers.has(opposite) || b.lowers.has(particle.lower)) return [];
    const other = b.words.find(
      ({ lower }, i) => lower === opposite && b.words[i - 1]?.stem === before.stem,
    );
    return other === undefined ? [] : [{ inA: [particle], inB: [other] }];
  });
}

/** After a verb of motion or switching, or at the end: `turn the fan on`. */
function canTakeParticle(words: readonly Word[], at: number): boolean {
  return particleVerbs.has(words[at - 1]?.lower ?? '') || (words[at + 1]?.startsSentence ?? true);
}
