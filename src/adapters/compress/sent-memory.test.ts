import { expect, test } from 'vitest';
import { createSentMemory, type SentTurn } from './sent-memory.js';

const shortened = (text: string): SentTurn => ({ texts: [text], originalTokens: 2, sentTokens: 1 });

test('how a turn was sent first is how it is sent for ever', () => {
  const memory = createSentMemory();
  expect(memory.recall('a')).toBeUndefined();
  expect(memory.settle('a', shortened('x'))).toEqual(shortened('x'));
  expect(memory.settle('a', shortened('y'))).toEqual(shortened('x'));
  expect(memory.settle('b', 'as-written')).toBe('as-written');
  expect(memory.settle('b', shortened('y'))).toBe('as-written');
  expect(memory.recall('a')).toEqual(shortened('x'));
});

test('unless the app says that it is to be sent as written', () => {
  const memory = createSentMemory(30);
  memory.settle('a', shortened('123456789'));
  expect(memory.overrule('a')).toBe('as-written');
  expect(memory.overrule('b')).toBe('as-written');
  expect(memory.settle('a', shortened('x'))).toBe('as-written');
  memory.settle('c', shortened('x'.repeat(27))); // there is room for: what was overruled is gone
  expect(['a', 'b', 'c'].map((key) => memory.recall(key) !== undefined)).toEqual([
    true,
    true,
    true,
  ]);
});

test('a full memory forgets what was asked for longest ago', () => {
  const memory = createSentMemory(30);
  memory.settle('a', shortened('123456789'));
  memory.settle('b', shortened('123456789'));
  memory.settle('c', shortened('123456789'));
  memory.recall('a');
  memory.settle('d', 'as-written');
  expect(memory.recall('b')).toBeUndefined();
  expect(['a', 'c', 'd'].map((key) => memory.recall(key) !== undefined)).toEqual([
    true,
    true,
    true,
  ]);
  memory.settle('e', shortened('x'.repeat(40))); // more than there is room for
  expect(['a', 'c', 'd', 'e'].map((key) => memory.recall(key))).toEqual(Array(4).fill(undefined));
});
