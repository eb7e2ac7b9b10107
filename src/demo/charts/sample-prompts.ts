import sample from '../sample.jsonl?raw';

const DOZEN = 12;
/** The others of the dozen repeat, rephrase or nearly repeat one that came before. */
const MAX_FIRSTS = 5;

type SampleRow = { readonly prompt: string; readonly kind: string };

/** A dozen prompts of the sample, in its order, of which some can be answered from the cache. */
export function toSamplePrompts(lines: string = sample): readonly string[] {
  let firsts = 0;
  const chosen = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as SampleRow) // a file of ours
    .filter(({ kind }) => {
      if (kind === 'first') firsts += 1;
      return kind !== 'first' || firsts <= MAX_FIRSTS;
    });
  return chosen.slice(0, DOZEN).map(({ prompt }) => prompt);
}
