import { seededRandom } from '../cache/seeded-random.js';

const vocabulary = (
  'the a of to and in that for with as river boat town carries old grain sold market where bread ' +
  'bakers seldom quietly remembered international administration uncomfortable temperature children ' +
  'Wednesday Edinburgh consequently photographs yellowish unfortunately because although walked'
).split(' ');

/** Sentences of 4 to 25 words, some with commas, in paragraphs and lines; by `seed`. */
export function createProse(words: number, seed = 1): string {
  const random = seededRandom(seed);
  const pick = () => {
    const word = vocabulary[Math.floor(random() * vocabulary.length)]!;
    return random() < 0.08 ? `${word},` : word;
  };
  let text = '';
  for (let left = words; left > 0;) {
    const length = Math.min(left, 4 + Math.floor(random() * 22));
    const sentence = Array.from({ length }, pick).join(' ');
    const gap = random() < 0.8 ? ' ' : random() < 0.5 ? '\n' : '\n\n';
    text += `${text === '' ? '' : gap}${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`;
    left -= length;
  }
  return text;
}
