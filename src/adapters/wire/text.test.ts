import { expect, test } from 'vitest';
import { collectText } from './test-collector.js';
import { text } from './text.js';

const collect = (words: string, chunkBytes: number) =>
  collectText(text, 'text/plain', words, chunkBytes);

test.for([1, 2, 1000])('a text is read alike in chunks of %i bytes', (chunkBytes) => {
  expect(collect('Grüße, 世界 🎉\n', chunkBytes)).toEqual({ text: 'Grüße, 世界 🎉\n', model: '' });
});

test('no text is not kept', () => {
  expect(collect('', 1)).toBe('the answer is empty');
});

test('an answer of another kind is not read', () => {
  expect(text.createCollector('text/event-stream')).toBe('the answer is no plain text');
  expect(text.createCollector('application/json')).toBe('the answer is no plain text');
});

test('a replay is the text, in pieces', async () => {
  const stored = { text: 'Grüße an die weite 世界 🎉!', model: 'm' };
  const options = { stream: true, includeUsage: false, id: 'abc', at: 0, signal: undefined };
  const response = text.replay(stored, options);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  const pieces: Uint8Array[] = [];
  for await (const piece of response.body ?? []) pieces.push(piece);
  expect(pieces.length).toBe(2);
  expect(await new Blob(pieces as BlobPart[]).text()).toBe(stored.text); // as: pieces of a body are parts of one
});
