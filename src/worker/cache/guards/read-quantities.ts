import { oncePerPrompt } from './once-per-prompt.js';
import type { PromptWords, Word } from './prompt-words.js';
import { readDates } from './read-dates.js';
import { toCanonicalWords, toWordSet } from './word-lists.js';

export type Quantity = {
  /** Decimal text without grouping; versions keep their zeros: `3.10`. */
  readonly value: string;
  /** Canonical unit, or '' when none is written. */
  readonly unit: string;
  /** Weak ones (`one`, `first`, the 2 of EC2) count only against another number. */
  readonly weak: boolean;
};

const units = toCanonicalWords(
  'percent=%=pct=percentage degree=degrees=deg=° celsius=centigrade fahrenheit kelvin ' +
    'usd=$=dollar=dollars=buck=bucks eur=€=euro=euros gbp=£=quid pound=pounds jpy=¥=yen ' +
    'inr=₹=rs=rupee=rupees cent=cents byte=bytes bit=bits kb=kilobyte=kilobytes ' +
    'mb=megabyte=megabytes gb=gigabyte=gigabytes=gig=gigs tb=terabyte=terabytes pb kib mib gib ' +
    'tib kbps mbps gbps mm=millimeter=millimeters=millimetre=millimetres ' +
    'cm=centimeter=centimeters=centimetre=centimetres meter=meters=metre=metres ' +
    'km=kilometer=kilometers=kilometre=kilometres=kms inch=inches foot=feet=ft yard=yards ' +
    'mile=miles mph kmh=kph nm acre=acres hectare=hectares mg=milligram=milligrams ' +
    'mcg=microgram=micrograms=ug gram=grams=g kg=kilogram=kilograms=kilo=kilos=kgs lb=lbs ' +
    'ounce=ounces=oz ton=tons=tonne=tonnes ml=milliliter=milliliters=millilitre=millilitres ' +
    'liter=liters=litre=litres=l gallon=gallons=gal cup=cups tablespoon=tablespoons=tbsp ' +
    'teaspoon=teaspoons=tsp cc iu ms=millisecond=milliseconds second=seconds=sec=secs ' +
    'minute=minutes=min=mins hour=hours=hr=hrs=h day=days week=weeks=wk=wks ' +
    'month=months=mth=mths=mo year=years=yr=yrs=yo=y decade=decades century=centuries am pm ' +
    'oclock volt=volts=v watt=watts=w kw kwh amp=amps hz khz mhz ghz px ' +
    'calorie=calories=cal=cals=kcal psi mmhg',
);
/** Also words or variable names: a unit only when it is glued to its number. */
const gluedOnly = toWordSet('g l h v w y mo nm');
const smallNumbers = toValues(
  'zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 ' +
    'twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 ' +
    'nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 ' +
    'dozen=12 first=1 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 ' +
    'tenth=10 eleventh=11 twelfth=12 thirteenth=13 fourteenth=14 fifteenth=15 sixteenth=16 ' +
    'seventeenth=17 eighteenth=18 nineteenth=19 twentieth=20 thirtieth=30 fortieth=40 ' +
    'fiftieth=50 hundredth=100 once=1 twice=2 thrice=3 half=0.5',
);
const scales = toValues(
  'hundred=100 thousand=1000 k=1000 lakh=100000 lakhs=100000 lac=100000 million=1000000 ' +
    'mn=1000000 crore=10000000 crores=10000000 billion=1000000000 bn=1000000000 ' +
    'trillion=1000000000000',
);
const weakWords = toWordSet('zero one first once twice half');
const numbered = toWordSet(
  'war type part phase class grade stage level chapter volume vol season world episode ' +
    'article section title',
);
const romans = 'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx'.split(' ');
const certainRomans = toWordSet('ii iii vii viii xii xiii xiv xvi xvii xviii');

function toValues(spaced: string): ReadonlyMap<string, number> {
  return new Map(
    spaced.split(' ').map((pair) => [pair.split('=')[0] ?? '', Number(pair.split('=')[1])]),
  );
}

/** Every number of a prompt with its unit, except those that belong to a date. */
export const readQuantities = oncePerPrompt(findQuantities);

function findQuantities(prompt: PromptWords): readonly Quantity[] {
  const { used } = readDates(prompt);
  const found: Quantity[] = [];
  for (let at = 0; at < prompt.words.length;) {
    const step = used.has(at) ? undefined : readAt(prompt.words, at);
    if (step) found.push(...step.quantities);
    at += step?.length ?? 1;
  }
  return found;
}

/** Numbers, units and what goes with them: `5`, `gb`, `twenty`, `old`. */
export function isQuantityWord({ lower }: Word): boolean {
  return (
    /\d/.test(lower) ||
    units.has(lower) ||
    smallNumbers.has(lower) ||
    scales.has(lower) ||
    /^(?:old|age|aged|top|under|size|[cf])$/.test(lower)
  );
}

type Step = { readonly quantities: readonly Quantity[]; readonly length: number };

function readAt(words: readonly Word[], at: number): Step | undefined {
  const word = words[at];
  if (!word) return undefined;
  if (word.kind === 'number') return readDigits(words, at, word.lower);
  if (word.kind === 'symbol') return undefined;
  const roman = readRoman(words, at);
  if (roman !== undefined)
    return { quantities: [{ value: roman, unit: '', weak: false }], length: 1 };
  if (isSpelledNumber(words, at)) return readSpelled(words, at);
  return /\d/.test(word.lower) ? readEmbedded(word.lower) : undefined;
}

/** `5`, `5GB`, `1,000`, `3.10`, `21st`, `3:00pm`, `10k`, with a following scale and unit. */
function readDigits(words: readonly Word[], at: number, lower: string): Step {
  const match = /^(\d+(?:[.,:/]\d+)*)(.*)$/.exec(lower);
  const digits = (match?.[1] ?? lower).replaceAll(',', '').replace(/:00$/, '');
  const suffix = match?.[2] ?? '';
  let length = 1;
  let scale = scales.get(suffix);
  const gluedUnit = units.get(suffix);
  if (suffix === '') {
    scale = scales.get(words[at + 1]?.lower ?? '');
    if (scale !== undefined) length = 2;
  }
  const next = gluedUnit === undefined ? readUnit(words, at + length) : undefined;
  const unit = currencyBefore(words, at) || (gluedUnit ?? next ?? unknownUnit(suffix));
  const weak = unit === '' && isListSize(words, at);
  // "500/1000 notes" are notes of 500 and of 1000.
  const quantities = digits.split('/').map((part) => {
    return { value: toValue(part, scale, unit !== ''), unit, weak };
  });
  return { quantities, length: length + (next === undefined ? 0 : 1) };
}

/** The x of 2x, the d of 3d, the m of 5m: something the number must agree in. */
function unknownUnit(suffix: string): string {
  return scales.has(suffix) || /^(?:st|nd|rd|th|s)?$/.test(suffix) ? '' : suffix;
}

/** `top 10`, `5 best`: how many to list hardly changes the list. */
function isListSize(words: readonly Word[], at: number): boolean {
  const [before, after] = [words[at - 1]?.lower ?? '', words[at + 1]?.lower ?? ''];
  return (
    before === 'top' ||
    before === 'best' ||
    /^(?:best|top|most|favou?rite|good|great|ways|tips|reasons|examples|things|facts)$/.test(after)
  );
}

function toValue(digits: string, scale: number | undefined, hasUnit: boolean): string {
  const plain = /^\d+(?:\.\d+)?$/.test(digits);
  if (!plain) return digits;
  if (scale !== undefined) return String(Math.round(Number(digits) * scale * 1000) / 1000);
  if (hasUnit || !digits.includes('.')) return String(Number(digits));
  return digits.replace(/\.0$/, '');
}

function readUnit(words: readonly Word[], at: number): string | undefined {
  const lower = words[at]?.lower ?? '';
  if (gluedOnly.has(lower)) return undefined;
  const unit = units.get(lower);
  if (unit !== 'degree') return unit;
  const scale = words[at + 1]?.lower ?? '';
  return /^[cfk]$/.test(scale)
    ? { c: 'celsius', f: 'fahrenheit', k: 'kelvin' }[scale]
    : (units.get(scale) ?? unit);
}

function currencyBefore(words: readonly Word[], at: number): string {
  const before = words[at - 1]?.lower ?? '';
  return /^(?:[$€£¥₹]|rs|inr|usd|eur|gbp)$/.test(before) ? (units.get(before) ?? '') : '';
}

/** `two`, `twenty one`, `three hundred`, `second`; a run of number words is one number. */
function readSpelled(words: readonly Word[], at: number): Step {
  let total = 0;
  let current = 0;
  let end = at;
  for (; end < words.length; end++) {
    const lower = words[end]?.lower ?? '';
    const small = smallNumbers.get(lower);
    const scale = scales.get(lower);
    if (scale !== undefined && lower !== 'k') {
      current = Math.max(current, 1) * scale;
      if (scale > 100) [total, current] = [total + current, 0];
    } else if (small !== undefined && (end === at || canFollow(current, small))) current += small;
    else break;
  }
  const unit = readUnit(words, end);
  const lower = words[at]?.lower ?? '';
  const weak = (end === at + 1 && weakWords.has(lower)) || isListSize(words, at);
  const value = String(total + current);
  return {
    quantities: [{ value, unit: unit ?? '', weak }],
    length: end - at + (unit === undefined ? 0 : 1),
  };
}

/** `one` is a pronoun unless a unit, a scale or a numbered thing stands beside it. */
function isSpelledNumber(words: readonly Word[], at: number): boolean {
  const lower = words[at]?.lower ?? '';
  if (lower !== 'one') return smallNumbers.has(lower) || lower === 'hundred';
  const next = words[at + 1]?.lower ?? '';
  return scales.has(next) || units.has(next) || numbered.has(words[at - 1]?.lower ?? '');
}

function canFollow(current: number, small: number): boolean {
  return small < 10
    ? current % 10 === 0
    : current % 100 === 0 && current !== 0
      ? current >= 100
      : current === 0;
}

/** The digits inside a word: `iphone7` says 7, `ec2` only weakly so. */
function readEmbedded(lower: string): Step {
  const weak = /^\p{L}{1,2}\d/u.test(lower);
  const runs = lower.match(/\d+(?:\.\d+)*/g) ?? [];
  return {
    quantities: runs.map((run) => ({
      value: run.includes('.') ? run : String(Number(run)),
      unit: '',
      weak: weak && !/^v\d/.test(lower),
    })),
    length: 1,
  };
}

function readRoman(words: readonly Word[], at: number): string | undefined {
  const word = words[at];
  if (!word) return undefined;
  if (word.lower === 'wwi' || word.lower === 'wwii') return word.lower === 'wwi' ? '1' : '2';
  const value = romans.indexOf(word.lower) + 1;
  if (value === 0) return undefined;
  const isUpper = word.text === word.text.toUpperCase();
  const isNumbered = isUpper && numbered.has(words[at - 1]?.lower ?? '');
  const certain = certainRomans.has(word.lower) || (isUpper && word.lower.length > 1);
  return isNumbered || certain ? String(value) : undefined;
}

/** `v` for a bare 5, as in `GTA V`. */
export function toRoman({ value, unit }: Quantity): string | undefined {
  return unit === '' ? romans[Number(value) - 1] : undefined;
}
