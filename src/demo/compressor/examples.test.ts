import { expect, test } from 'vitest';
import { examples, toMessage } from './examples.js';

test('the article has 500 to 800 words, and the JSON in its prose is valid', () => {
  const [article, , , json] = examples.map(({ text }) => text);
  const words = article?.split(/\s+/).length ?? 0;
  expect(words).toBeGreaterThanOrEqual(500);
  expect(words).toBeLessThanOrEqual(800);
  const document = json?.slice(json.indexOf('{'), json.lastIndexOf('}') + 1) ?? '';
  expect(JSON.parse(document)).toHaveProperty('tours');
});

test.each([
  ['the question', { question: ' Why? ', task: 'qa' }, 'a text\n\nWhy?'],
  ['nothing where nothing is asked', { question: '', task: 'qa' }, 'a text'],
  ['the task', { question: '', task: 'summary' }, 'a text\n\nSummarize the text.'],
] as const)('a message ends with %s', (_what, asked, message) => {
  expect(toMessage('a text', asked)).toBe(message);
});
