import type { PromptWords, Word } from './prompt-words.js';
import { toWordSet } from './word-lists.js';

/** With one of these in one prompt only, the prompts ask for opposite things. */
const negators = toWordSet(
  'not never without none nobody nothing nowhere cannot neither nor except excluding unless ' +
    'dont doesnt didnt ' +
    'isnt arent wasnt werent cant couldnt wont wouldnt shouldnt havent hasnt hadnt aint non',
);
/** Whether a negator stands just before a word. */
export function isNegatedAt({ words }: PromptWords, word: Word): boolean {
  const at = words.indexOf(word);
  return words.slice(Math.max(0, at - 3), at).some((before) => isNegator(before.lower));
}

export function isNegator(lower: string): boolean {
  return negators.has(lower) || lower.endsWith("n't");
}
