import { joinNeighbours, withLead } from './neighbours.js';
import { findMatches, type Range, type SpanRule } from './span.js';
import { scaleNames, unitNames } from './unit-table.js';
import { wordEnd, wordStart } from './word-edges.js';

const gap = String.raw`\s+`;
const currency = String.raw`(?:(?:US|CA|AU|NZ|HK|C|A|R)?[$€£¥₹₩₺₿]|(?:USD|EUR|GBP|CHF|JPY|INR|CAD|AUD|NOK|SEK|DKK|Rs\.?)(?=[ \u00a0]?\d))[ \u00a0]?`;
const grouped = String.raw`\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3}){1,8}(?!\d)`;
const digits = new RegExp(
  String.raw`${wordStart}(?<!\d\.)(?:[<>≤≥~≈]=?[ ]?)?[-+−±]?(?:${currency})?[-+−]?(?:${grouped}|\.?\d+(?:[.,'’:/×x^–-]\d+){0,30})(?:[eE][-+]?\d+)?(?:st|nd|rd|th|\+|x)?`,
  'g',
);
const phone =
  /(?<!\w)(?:(?:\+\d{1,3}|\(\d{2,5}\))(?:[ .-](?:\(\d{1,4}\)\d{0,5}|\d{1,5})){1,6}|\d{3}[ .-]\d{3}[ .-]\d{4}|0\d{1,4}(?:[ .-]\d{2,4}){2,4})(?!\d)/g;
const list = /\[\s*\d{1,3}(?:\s*,\s*\d{1,3}){1,7}\s*\]/g;
const modifier = '(?:business|working|calendar|square|cubic|US)';
const small =
  '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|' +
  'sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|' +
  'hundred|thousand|million|billion)';
const spelled = new RegExp(
  String.raw`${wordStart}${small}(?:[ -](?:and )?${small}){0,12}${wordEnd}`,
  'gi',
);
/** `million dollars`, `square metres`, `mg/kg`, `times a day`, `years ago`. */
const unit = new RegExp(
  String.raw`(?:\s*(?:${scaleNames})${wordEnd})?` +
    `(?:(?:${gap}|-)?(?:${modifier}${gap})?(?:${unitNames})${wordEnd})?` +
    `(?:(?:${gap}(?:per|an?|each|every)${gap}|/)(?:${modifier}${gap})?(?:${unitNames})${wordEnd})?` +
    `(?:${gap}(?:ago|old|later|earlier)${wordEnd})?`,
  'y',
);
/** What turns a number's meaning, or says what it is the number of. */
const lead =
  /(?<!\w)(?:at (?:least|most)|up to|(?:(?:no|not) )?(?:more|less|fewer|higher|lower|older|younger|longer) than|over|under|above|below|within|exactly|only|about|around|approximately|nearly|almost|pages?|sections?|figures?|fig\.|tables?|chapters?|steps?|versions?|nos?\.|numbers?|articles?|lines?|rooms?|phases?|levels?|parts?|questions?|appendix|grade|type|port|error|weeks?|days?|order|invoice|ticket|case|issue|§|#)[ \u00a0\n]$/i;
const between = /^[ \n](?:to|out of|[-–×x])[ \n]$/;

/**
 * Numbers in digits with sign, currency, unit and what limits them (`at least $1,299.00`,
 * `12.5 kg`, `page 7`), ranges, telephone numbers, lists in brackets; numbers in words with a unit.
 */
export const number: SpanRule = {
  kind: 'number',
  *find(text) {
    yield* findMatches(text, phone);
    yield* findMatches(text, list);
    const inDigits = joinNeighbours(text, between, findMatches(text, digits));
    yield* withLead(text, lead, withUnit(text, inDigits));
    yield* withLead(text, lead, findSpelled(text));
  },
};

function* withUnit(text: string, ranges: Iterable<Range>): Iterable<Range> {
  for (const [start, end] of ranges) {
    unit.lastIndex = end;
    const found = unit.exec(text)?.[0] ?? '';
    // A line that was broken to fit a page goes on in lower case.
    yield [start, /\n\s*(?:[A-Z]|\n)/.test(found) ? end : end + found.length];
  }
}

/** Without a unit they may be no numbers: `one of them`. */
function* findSpelled(text: string): Iterable<Range> {
  const found = [...findMatches(text, spelled)];
  for (const [at, range] of [...withUnit(text, found)].entries())
    if (range[1] !== found[at]?.[1]) yield range;
}
