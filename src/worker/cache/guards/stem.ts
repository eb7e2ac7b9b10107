import { toWordMap } from './word-lists.js';

const irregular = toWordMap(
  'feet=foot men=man women=woman children=child people=person mice=mouse teeth=tooth ' +
    'bought=buy sold=sell won=win lost=lose wrote=write written=write sang=sing sung=sing ' +
    'began=begin begun=begin went=go gone=go came=come sent=send gave=give given=give took=take ' +
    'taken=take made=make rose=rise risen=rise fell=fall fallen=fall grew=grow grown=grow ' +
    'lent=lend paid=pay spent=spend hid=hide hidden=hide broke=break broken=break built=build ' +
    'caught=catch taught=teach learnt=learn thought=think brought=bring flew=fly flown=fly ' +
    'drove=drive driven=drive beaten=beat led=lead met=meet ran=run said=say saw=see seen=see ' +
    'spoke=speak spoken=speak stole=steal stolen=steal threw=throw thrown=throw wore=wear ' +
    'worn=wear kept=keep told=tell felt=feel dying=die lying=lie tying=tie using=use used=use ' +
    'aged=age owed=owe evening=evening chose=choose chosen=choose forgot=forget ' +
    'forgotten=forget forgave=forgive swam=swim drew=draw drawn=draw froze=freeze frozen=freeze ' +
    'held=hold slept=sleep knew=know known=know got=get gotten=get wives=wife lives=life ' +
    'knives=knife wolves=wolf halves=half being=be been=be media=media news=news bias=bias ' +
    'gas=gas lens=lens',
);
/** Longer ones are no words of English. */
const maxWordLength = 40;
const vowels = new Set('aeiouy');

/** `increase`, `increases`, `increased` and `increasing` share a stem; it is a key, not a word. */
export function stem(lower: string): string {
  if (lower.length > maxWordLength) return lower;
  return toKey(irregular.get(lower) ?? stripEnding(lower));
}

function stripEnding(word: string): string {
  if (word.length < 4) return word;
  if (word.endsWith('ies') || word.endsWith('ied')) return word.slice(0, -3) + 'y';
  if (word.endsWith('s')) return stripPlural(word);
  const root = word.endsWith('ing')
    ? word.slice(0, -3)
    : word.endsWith('ed')
      ? word.slice(0, -2)
      : '';
  return root.length >= 3 && /[aeiouy]/.test(root) ? root : word;
}

function stripPlural(word: string): string {
  if (/(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /(?:ss|us|is)$/.test(word) ? word : word.slice(0, -1);
}

/** Makes forms that differ only by spelling rules equal: doubled consonant, final e, y, -ise. */
function toKey(root: string): string {
  if (root.length < 4)
    return root.length === 3 && root.endsWith('y') ? `${root.slice(0, 2)}i` : root;
  let key = root.endsWith('e') ? root.slice(0, -1) : root;
  if (key.endsWith('is')) key = `${key.slice(0, -1)}z`;
  else if (key.endsWith('isation')) key = `${key.slice(0, -6)}zation`;
  else if (key.endsWith('our')) key = `${key.slice(0, -2)}r`;
  const last = key.at(-1) ?? '';
  if (last === 'y') return `${key.slice(0, -1)}i`;
  return last === key.at(-2) && !vowels.has(last) ? key.slice(0, -1) : key;
}
