import { findMatches, type SpanRule } from './span.js';

/** HTML's elements that stand within a line of text and tell nothing but of its looks, or a link. */
const plain = 'a|abbr|b|bdi|bdo|big|em|font|i|kbd|s|small|span|strike|strong|sub|sup|tt|u|var';
/** Those whose names prompts also give to parts of their own, such as `<data>`. */
const others = 'cite|code|data|del|dfn|ins|label|mark|q|samp|time';

/** Matches a tag that a sentence goes on across. */
export const inlineTag = new RegExp(`^</?(?:${plain}|${others})(?![\\w:.-])`, 'i');

const element = new RegExp(
  `<(${plain})(?:\\s[^<>]{0,300})?>(?=[^<>]*[^<>\\s])[^<>]{1,120}</\\1\\s*>`,
  'gi',
);

/** A short element that stands in a line, such as a link, with its tags; it holds no other one. */
export const inlineElement: SpanRule = {
  kind: 'xml-tag',
  find: (text) => findMatches(text, element),
};
