import { never, type Guard } from './guard.js';
import { oncePerPrompt } from './once-per-prompt.js';
import type { PromptWords, Word } from './prompt-words.js';
import { stem } from './stem.js';
import { toWordMap, toWordSet } from './word-lists.js';

/** `when did X die` asks for something else than `where did X die`. */
export const question: Guard = {
  name: 'question',
  check(a, b) {
    const [inA, inB] = [readAsked(a), readAsked(b)];
    if (inA === undefined || inB === undefined || inA === inB) return undefined;
    // "Who sells it" and "where can I buy it" may ask for the same.
    const isEither = isPlaceOrPerson(inA) && isPlaceOrPerson(inB);
    return {
      detail: `${inA} / ${inB}`,
      stems: askedNouns,
      certainFrom: isEither ? never : certainFrom,
    };
  },
};

const byWord = toWordMap('who=who whom=who whose=who when=when where=where why=why');
/** After `what` or `which`. */
const byNoun = toWordMap(
  'year=when date=when day=when month=when city=where place=where country=where ' +
    'location=where state=where town=where person=who actor=who actress=who singer=who ' +
    'artist=who reason=why',
);
/** Stems of the words that say what is asked. */
const askedNouns = [...byNoun.keys()].map(stem);
/** How much else the prompts must agree in for a veto. */
const certainFrom = 0.9;
/** After `how`. Left out are those that often ask for one another: much, long, big. */
const byMeasure = toWordMap('many=count old=age tall=height far=distance often=frequency');
/** Words before a question word that still asks: `tell me when`. */
const leadIns = toWordSet(
  'me know wondering explain about exactly and or tell is say please so by when where why who',
);
/** After `when` and `where` that ask: `when is it`, but `when Ann came, who left?` */
const auxiliaries = toWordSet(
  'am is are was were do does did can could will would shall should may might must has have had ' +
    "isn't aren't doesn't didn't can't won't to exactly",
);
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
      if (own !== undefined && !opensClause(words, at)) asked.add(own);
    }
  });
  const [only] = asked;
  return asked.size === 1 && only !== 'open' ? only : undefined;
}

function isPlaceOrPerson(asked: string): boolean {
  return asked === 'who' || asked === 'where';
}

function opensClause(words: readonly Word[], at: number): boolean {
  const next = words[at + 1]?.lower;
  return (
    /^(?:when|where)$/.test(words[at]?.lower ?? '') &&
    words[at]?.startsSentence === true &&
    next !== undefined &&
    !auxiliaries.has(next)
  );
}

function askedByWhat(words: readonly Word[], at: number): string {
  return byNoun.get(words[at + 1]?.lower ?? '') ?? 'open';
}

function askedByHow(words: readonly Word[], at: number): string {
  const measure = byMeasure.get(words[at + 1]?.lower ?? '') ?? 'open';
  const counted = measure === 'count' ? (words[at + 2]?.lower ?? '') : '';
  if (counted === 'times') return 'frequency';
  return timeUnits.test(counted) ? 'open' : measure;
}
