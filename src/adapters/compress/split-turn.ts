import type { PlainTurn } from '../wire/conversation.js';
import { blankKeepTags, clearOfRegions } from './keep-tags.js';
import { splitQuestion } from './split-question.js';
import { type TextRange, trimRange } from './text-range.js';

/** What a turn asks, and the slices of each of its texts that it asks about. */
export type TurnSplit = {
  readonly question: string;
  /** For each text of the turn, in order. */
  readonly contexts: readonly (readonly TextRange[])[];
};

/** Texts of one turn are paragraphs of one prompt: documents first, say, and the question last. */
const between = '\n\n';

/** Parts a user's turn. */
export function splitUserTurn({ texts }: PlainTurn): TurnSplit {
  const whole = texts.map(({ text }) => blankKeepTags(text)).join(between);
  const { question, context } = splitQuestion(whole);
  let at = 0;
  const contexts = texts.map(({ text }) => {
    const offset = at;
    at += text.length + between.length;
    const ranges = context.map(([start, end]): TextRange => {
      const clip = (border: number) => Math.min(Math.max(border - offset, 0), text.length);
      return [clip(start), clip(end)];
    });
    return tidy(text, ranges);
  });
  return { question: question.replaceAll(/ {2,}/g, ' '), contexts };
}

/** Parts a tool's result: all of it is context of what the user asked. */
export function splitToolTurn({ texts }: PlainTurn, question: string): TurnSplit {
  return { question, contexts: texts.map(({ text }) => tidy(text, [[0, text.length]])) };
}

function tidy(text: string, ranges: readonly TextRange[]): readonly TextRange[] {
  return ranges
    .map((range) => trimRange(text, clearOfRegions(text, range)))
    .filter(([start, end]) => start < end);
}
