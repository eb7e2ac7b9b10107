import { findMatches, type SpanRule } from './span.js';
import { letters } from './word-edges.js';

/** Lines of an e-mail that is answered may begin with marks. */
const gap = String.raw`(?:[^\S\n]+|[^\S\n]*\n(?!\s*\n)[\s>]*)`;
const start = `(?<![${letters}'’-])`;
const end = `(?![${letters}'’-])`;
const auxiliary =
  '(?:am|is|are|was|were|be|been|being|do|does|did|has|have|had|will|would|shall|should|can|could|' +
  'may|might|must|need|ought)';
/** `no.` may be short for number. */
const negator =
  String.raw`(?:not|no(?!\.[ ]?\d)|never|without|none|nobody|nothing|nowhere|neither|nor|cannot|` +
  'unless|except|excluding|hardly|barely|rarely|seldom|' +
  "(?:do|does|did|is|are|was|were|ca|could|wo|would|should|have|has|had|must|need|ai)n['’]?t)";
/** Words that lead on to the one that is denied. */
const light =
  '(?:an?|the|any|this|that|these|those|my|your|our|their|his|her|its|be|been|being|have|has|to|of|' +
  'in|on|for|by|with|at|as|if|yet|only|just|very|so|too|all|every|always|even|longer|more|less|one|' +
  'such|much|many|enough|it|you|we|they|he|she|i)';
const word = String.raw`["“'‘*_]{0,2}[${letters}][${letters}'’-]{0,60}`;
const negated = new RegExp(
  String.raw`${start}(?:${auxiliary}${gap})?${negator}${end}(?:(?:${gap}${light}${end})?${gap}${word})?`,
  'gi',
);

/**
 * A negation word with the auxiliary before it and what it bears on within the clause: the next word,
 * or the next two where the first one only leads on: `must not be`, `without a receipt`.
 */
export const negation: SpanRule = {
  kind: 'negation',
  find: (text) => findMatches(text, negated),
};
