import { type Block, findBlocks } from './find-blocks.js';
import { type TextRange, trimRange } from './text-range.js';

/** What a prompt asks, and what about. */
export type QuestionSplit = {
  /** Its question or instruction; empty where none can be told. */
  readonly question: string;
  /** Slices of the text, in order, without blanks at their ends: all that is not to ask. */
  readonly context: readonly TextRange[];
};

/** Paragraphs of more characters are no question and no instruction. */
const MAX_ASK = 400;
/** Short paragraphs at either end among which the question is looked for. */
const MAX_ENDS = 3;
/** A lone prompt of more characters is no question as a whole. */
const MAX_PROMPT = 1000;

/** How surely a passage asks: by a mark or a label, by its verb, by its place alone. */
type Rank = 3 | 2 | 1;
/** A passage that asks, at one end of a prompt: `border` is where the rest begins or ends. */
type Ask = { readonly border: number; readonly rank: Rank };

const questionMark = /[?？؟]["'”’»)\]*_`]*$/;
const label = /^[#*\s]*(?:question|query|q|task|instructions?|user|prompt)[*\s]*[:：]/i;
const imperative =
  /^(?:(?:please|now|then|can you|could you|using|based on|according to|given)\b[^.!?\n]{0,80}?)?\b(?:analy[sz]e|answer|calculate|classify|compare|convert|create|describe|determine|draft|explain|extract|find|fix|generate|give|identify|list|outline|provide|rank|refactor|review|rewrite|summari[sz]e|tell|translate|write)\b/i;
const closing = /^(?:(?:many )?thanks|thank you|cheers|(?:best|kind|warm)?\s*regards|sincerely)\b/i;
const leadIn = /[:：][*_]*$/;
/** Three words, or four letters of a script that parts no words by blanks. */
const threeWords = /\S\s+\S+\s+\S|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{4}/;
/** What a prompt ends with to be continued. */
const cue = /\n[ \t]*(?:answer|response|reply|output|assistant|a)[ \t]*[:：][ \t\r]*$/i;
const sentenceEnd = /[.!?…]["'”’»)\]]*\s+|[。！？]/g;

/**
 * Parts a prompt into its question and the context of it. A question stands last ("..., what is
 * it?", a short paragraph, a line that begins with "Question:") or first ("Summarize this: ..."),
 * or both; where none can be told, all of the prompt may be one, and there is no context.
 */
export function splitQuestion(text: string): QuestionSplit {
  const blocks = findBlocks(text);
  const head = findHead(text, blocks);
  const tail = findTail(text, blocks);
  const [start, end] = trimRange(text, [head?.border ?? 0, tail?.border ?? text.length]);
  if ((head === undefined && tail === undefined) || start >= end) {
    return { question: text.length <= MAX_PROMPT ? text.trim() : '', context: [] };
  }
  const asks = [
    { rank: head?.rank ?? 0, words: text.slice(0, start) },
    { rank: tail?.rank ?? 0, words: text.slice(end) },
  ];
  const best = Math.max(...asks.map(({ rank }) => rank));
  const question = asks.filter(({ rank }) => rank === best).map(({ words }) => words.trim());
  return { question: question.join('\n'), context: [[start, end]] };
}

function findHead(text: string, blocks: readonly Block[]): Ask | undefined {
  const [first] = blocks;
  if (first === undefined) return undefined;
  const found = findBlock(text, takeShort(blocks.slice(0, -1)), leadIn);
  if (found !== undefined) return { border: found.block.end, rank: found.rank };
  return first.isFence ? undefined : findFirstSentence(text.slice(0, first.end), first.start);
}

function findTail(text: string, blocks: readonly Block[]): Ask | undefined {
  const last = blocks.at(-1);
  if (last === undefined) return undefined;
  const short = takeShort(blocks.slice(1).toReversed());
  const found = findBlock(text, short, threeWords);
  if (found !== undefined) return { border: found.block.start, rank: found.rank };
  return last.isFence ? undefined : findLastSentence(text.slice(0, last.end), last.start);
}

function takeShort(blocks: readonly Block[]): readonly Block[] {
  const isShort = ({ start, end, isFence }: Block) => !isFence && end - start <= MAX_ASK;
  const long = blocks.slice(0, MAX_ENDS).findIndex((block) => !isShort(block));
  return blocks.slice(0, long < 0 ? MAX_ENDS : long);
}

/** The block that asks most surely; of equals, the one nearest to its end of the text. */
function findBlock(text: string, blocks: readonly Block[], weak: RegExp) {
  for (const rank of [3, 2, 1] as const) {
    const block = blocks.find(
      ({ start, end }) => toRank(text.slice(start, end), weak, rank) === rank,
    );
    if (block !== undefined) return { block, rank };
  }
  return undefined;
}

function toRank(words: string, weak: RegExp, rank: Rank): Rank | undefined {
  if (rank === 3) return questionMark.test(words) || label.test(words) ? 3 : undefined;
  if (rank === 2) return imperative.test(words) ? 2 : undefined;
  return weak.test(words) && !closing.test(words) ? 1 : undefined;
}

/** "What is it? The rest", "Summarize this: the rest", or a first line. */
function findFirstSentence(text: string, start: number): Ask | undefined {
  const window = text.slice(start, start + MAX_ASK);
  const line = window.split('\n', 1)[0] ?? '';
  const isWhole = start + line.length >= text.length;
  const rank = isWhole ? undefined : rankLine(line.trimEnd());
  if (rank !== undefined && line.length < MAX_ASK) return { border: start + line.length, rank };
  const [sentence] = window.split(/(?<=[.!?…:：。！？]["'”’»)\]]*)\s/, 1);
  if (sentence === undefined || start + sentence.length >= text.length) return undefined;
  if (questionMark.test(sentence)) return { border: start + sentence.length, rank: 3 };
  return leadIn.test(sentence) && imperative.test(sentence)
    ? { border: start + sentence.length, rank: 2 }
    : undefined;
}

function rankLine(line: string): Rank | undefined {
  if (questionMark.test(line) || label.test(line)) return 3;
  return leadIn.test(line) && imperative.test(line) ? 2 : undefined;
}

/** "The rest. What is it?", or a last line "Question: ...", a cue like "Answer:" behind it or not. */
function findLastSentence(text: string, start: number): Ask | undefined {
  const from = Math.max(start, text.length - 2 * MAX_ASK);
  const window = text.slice(from);
  const lines = [...window.matchAll(/^.*$/gm)].filter(({ index }) => from + index > start);
  const labelled = lines.findLast(({ 0: line }) => label.test(line));
  if (labelled !== undefined) return { border: from + labelled.index, rank: 3 };
  const asked = window.replace(cue, '').trimEnd();
  if (!questionMark.test(asked)) return undefined;
  const ends = [...asked.matchAll(sentenceEnd)].map(({ 0: mark, index }) => index + mark.length);
  const sentence = ends.findLast((end) => end < asked.length) ?? 0;
  const line = asked.lastIndexOf('\n') + 1;
  const border = asked.length - sentence <= MAX_ASK ? sentence : line;
  return border > 0 && asked.length - border <= MAX_ASK
    ? { border: from + border, rank: 3 }
    : undefined;
}
