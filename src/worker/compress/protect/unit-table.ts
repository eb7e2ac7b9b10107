/** Alternatives for a pattern; the first letter may be a capital too. */
function toAlternatives(spaced: string): string {
  return spaced
    .replace(/\b[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)
    .replaceAll(' ', '|');
}

/** What multiplies a number. */
export const scaleNames = toAlternatives(
  'hundred thousand million billion trillion dozen k m mn bn',
);

/** Written with a plural in s, or without one. */
const regular = toAlternatives(
  'second sec minute min hour hr day night week fortnight weekend month quarter semester year yr ' +
    'decade generation byte bit inche inch yard yd mile acre hectare ounce pound lb ton tonne gallon ' +
    'pint quart cup tablespoon tbsp teaspoon tsp calorie degree kelvin knot dollar buck cent euro ' +
    'rupee peso franc pixel point token word character line page row column percentile item unit ' +
    'piece person user customer employee student patient participant vote seat room floor time ' +
    'digit letter step kilo pt',
);
const prefixed =
  '(?:[Nn]ano|[Mm]icro|[Mm]illi|[Cc]enti|[Kk]ilo|[Mm]ega|[Gg]iga|[Tt]era|[Pp]eta)?-?' +
  '(?:[Mm]et(?:er|re)|[Gg]ram|[Ll]it(?:er|re)|[Ww]att|[Vv]olt|[Aa]mp|second|byte|bit)';
const irregular = toAlternatives(
  'century centuries copies feet foot people percent pct hertz kroner kronor pence quid yen ' +
    'celsius fahrenheit px em rem ft mph kph rpm ppm dpi fps psi oz gal cc bpm mol USD EUR GBP CHF ' +
    'JPY CNY INR CAD AUD NOK SEK DKK BC BCE AD CE',
);
/** Case tells `5 A` from `5 a day`. */
const symbols =
  '[%‰€£¥₹°º″′]+[CFK]?|(?:[kKMGTP]i?)?(?:B|b|bps|Hz|W|Wh|V|A|J|N|Pa|cal|eV|Ω)|' +
  '[nµμmcdkh]?(?:m|g|l|L|s|A|V|W|F)[²³]?|h|d';

/** Words and symbols that say what a number counts. */
export const unitNames = `(?:${regular}|${prefixed})s?|${irregular}|[Pp]er cent|${symbols}`;
