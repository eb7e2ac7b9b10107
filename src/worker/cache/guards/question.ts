import type { Guard } from './guard.js';
import { oncePerPrompt } from './once-per-prompt.js';
import type { PromptWords, Word } from './prompt-words.js';
import { toWordMap, toWordSet } from './word-lists.js';

/** `when did X die` asks for something else than `where did X die`. */
export const question: Guard = {
  name: 'question',
  check(a, b) {
    const [inA, inB] = [readAsked(a), readAsked(b)];
    if (inA === undefined || inB === undefined || inA === inB) return undefined;
    return `${inA} / ${inB}`;
  },
};

const byWord = toWordMap('who=who whom=who whose=who when=when where=where why=why');
/** After `what` or `which`. */
const byNoun = toWordMap(
  'year=when date=when day=when month=when city=where place=where country=where ' +
    'location=where state=where town=where person=who actor=who actress=who singer=who ' +
    'artist=who reason=why',
);
/** After `how`. Left out are those that often ask for one another: much, long, big. */
const byMeasure = toWordMap('many=count old=age tall=height far=distance often=frequency');
/** Words before a question word that still asks: `tell me when`. */
const leadIns = toWordSet('me know wondering explain about exactly and or tell is say please so');
const timeUnits = /^(?:second|minute|hour|day|week|month|year)s?$/;

/** What a prompt asks for; undefined when that is open or more than one thing. */
const readAsked = oncePerPrompt(findAsked);

function findAsked({ words }: PromptWords): string | undefined {
  const asked = new Set<string>();
  words.forEach((word, at) => {
    if (word.lower === 'what' || word.lower === 'which') asked.add(askedByWhat(words, at));
    else if (word.lower === 'how') asked.add(askedByHow(words, at));
    else if (word.startsSentence || leadIns.has(words[at - 1]?.lower ?? '')) {
      const own = byWord.get(word.lower);
      if (own !== undefined) asked.add(own);
    }
  });
  const [only] = asked;
  return asked.size === 1 && only !== 'open' ? only : undefined;
}

function askedByWhat(words: readonly Word[], at: number): string {
  return byNoun.get(words[at + 1]?.lower ?? '') ?? 'open';
}

function askedByHow(words: readonly Word[], at: number): string {
  const measure = byMeasure.get(words[at + 1]?.lower ?? '') ?? 'open';
  return measure === 'count' && timeUnits.test(words[at + 2]?.lower ?? '') ? 'open' : measure;
}
