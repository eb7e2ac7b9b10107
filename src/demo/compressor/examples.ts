import type { CompressionTask } from '../../shared/compression.js';
import article from './examples/article.txt?raw';
import code from './examples/code.txt?raw';
import json from './examples/json.txt?raw';
import meeting from './examples/meeting.txt?raw';

/** What is shortened, and for what. */
export type Prompt = {
  readonly text: string;
  readonly question: string;
  readonly task: CompressionTask;
};

/** A prompt to begin with. */
export type Example = Prompt & { readonly id: string; readonly label: string };

/** All of our own writing; the places, people and companies are invented. */
export const examples: readonly [Example, ...Example[]] = [
  {
    id: 'article',
    label: 'Article and question',
    text: article.trim(),
    question: 'Why did the mill stop grinding, and when?',
    task: 'qa',
  },
  {
    id: 'meeting',
    label: 'Meeting',
    text: meeting.trim(),
    question: 'Summarize what was decided, and who does what by when.',
    task: 'summary',
  },
  {
    id: 'code',
    label: 'Code',
    text: code.trim(),
    question: 'When does a hold stop counting against the free stock?',
    task: 'code',
  },
  {
    id: 'json',
    label: 'JSON in prose',
    text: json.trim(),
    question: 'Which tour breaks a limit, and which of its stops can be moved, and where to?',
    task: 'qa',
  },
];

/** Asked of the model where no question was typed in. */
const defaultQuestions: Readonly<Record<CompressionTask, string>> = {
  qa: '',
  summary: 'Summarize the text.',
  code: 'What does this code do?',
};

/** The message that asks a model: the text, and the question after it. */
export function toMessage(text: string, { question, task }: Omit<Prompt, 'text'>): string {
  const asked = question.trim() || defaultQuestions[task];
  return asked === '' ? text : `${text}\n\n${asked}`;
}
