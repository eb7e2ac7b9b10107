import { joinNeighbours, withLead } from './neighbours.js';
import { findMatches, type Range, type SpanRule } from './span.js';
import { wordEnd, wordStart } from './word-edges.js';

const gap = String.raw`\s+`;
const month =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|' +
  String.raw`(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?)`;
const weekday = String.raw`(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?`;
const dayNumber = String.raw`(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d)`;
const days = String.raw`${dayNumber}(?:(?:\s*[-–]\s*|${gap}(?:and|or|to)${gap})${dayNumber})?`;
const year = String.raw`(?:\d{4}(?!\d)|['’]\d{2}(?!\d))`;
const day =
  String.raw`(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2})(?!\d)|` +
  String.raw`${days}(?:${gap}(?:of${gap})?|[-/])${month}(?:(?:,?${gap}|[-/])${year})?|` +
  String.raw`${month}${gap}${days}(?:,?${gap}${year})?|${month}(?:${gap}of)?,?(?:${gap}|[-/])${year}|` +
  String.raw`Q[1-4]\s*${year}|(?:spring|summer|fall|autumn|winter|early|mid|late)[ -]${year})`;
const half = String.raw`(?:\s*(?:[ap]\.m\.|[ap]m${wordEnd}))`;
const zone = String.raw`(?:\s*(?:Z|UTC|GMT|(?:CE|E|C|M|P)S?T|[ECMP]DT|CEST)${wordEnd}|\s*[+-]\d{2}:?\d{2}(?!\d))`;
const time =
  String.raw`(?:\d{1,2}:\d{2}(?!\d)(?::\d{2}(?:[.,]\d{1,9})?)?${half}?|\d{1,2}(?:\.\d{2})?${half}|` +
  String.raw`\d{1,2}\s*o['’]clock)${zone}?`;
const moment = new RegExp(
  String.raw`${wordStart}(?:(?:${weekday},?${gap}(?:the${gap})?)?` +
    String.raw`(?:${day}(?:(?:T|:|,?${gap}(?:at${gap})?)${time})?|${time}))${wordEnd}`,
  'gi',
);
/** Before and after are not the same. */
const lead = /\b(?:by|before|after|until|till|since|from|between|as of|through)[ \u00a0\n]$/i;
const between = /^[ \n]?(?:to|and|until|till|through|[-–—])[ \n]?$/i;

/**
 * Dates and times, with what turns them (`before 14 October 2026`), and from one to another. A
 * weekday, month or year that stands alone is one word.
 */
export const date: SpanRule = {
  kind: 'date',
  find: (text) => withLead(text, lead, joinNeighbours(text, between, findMoments(text))),
};

function* findMoments(text: string): Iterable<Range> {
  for (const range of findMatches(text, moment))
    if (!/\n\s*\n/.test(text.slice(...range))) yield range;
}
