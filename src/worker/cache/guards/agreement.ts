import { oncePerPrompt } from './once-per-prompt.js';
import type { PromptWords } from './prompt-words.js';
import { stem } from './stem.js';

/** Words of content that rewordings add and drop freely. */
const light = new Set(
  (
    'way best good great possible thing kind type sort use example help many much ever actually ' +
    'exactly currently people person different other new work take go come find see look try ' +
    'ask question question happen able best'
  )
    .split(' ')
    .map(stem),
);
/** Words this long that begin alike are one: `compress`, `compression`. */
const minPrefix = 5;

/**
 * How alike two prompts are but for the words that differ: shared words of content by all of them.
 *
 * @param differing stems to leave out
 * @returns 0 to 1; 1 when nothing is left
 */
export function toAgreement(
  a: PromptWords,
  b: PromptWords,
  differing: ReadonlySet<string>,
): number {
  const [left, right] = [rest(a, differing), rest(b, differing)];
  const [unmatchedA, unmatchedB] = [countUnmatched(left, right), countUnmatched(right, left)];
  const shared = (left.length - unmatchedA + right.length - unmatchedB) / 2;
  const all = shared + unmatchedA + unmatchedB;
  return all === 0 ? 1 : shared / all;
}

const readWeighty = oncePerPrompt(({ contentStems }) =>
  [...contentStems].filter((key) => !light.has(key)),
);

function rest(prompt: PromptWords, differing: ReadonlySet<string>): readonly string[] {
  return readWeighty(prompt).filter((key) => !differing.has(key));
}

function countUnmatched(some: readonly string[], others: readonly string[]): number {
  const known = new Set(others.flatMap((key) => [key, key.slice(0, minPrefix)]));
  return some.filter(
    (key) => !known.has(key) && (key.length < minPrefix || !known.has(key.slice(0, minPrefix))),
  ).length;
}
