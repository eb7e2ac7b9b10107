import { expect, test } from 'vitest';
import { toAgreement } from './agreement.js';
import { parsePromptWords } from './prompt-words.js';
import { stem } from './stem.js';

function agreement(a: string, b: string, ...differing: readonly string[]): number {
  return toAgreement(
    parsePromptWords(a),
    parsePromptWords(b),
    new Set(differing.map((word) => stem(word))),
  );
}

test('prompts that differ in the named words only agree fully', () => {
  expect(
    agreement('Accept a merge request', 'How is a merge request rejected?', 'accept', 'rejected'),
  ).toBe(1);
});

test('each word of content that one prompt lacks counts against it', () => {
  expect(agreement('Paint a wooden fence', 'Paint an iron fence')).toBe(2 / 4);
  expect(agreement('Paint a wooden fence', 'Bake bread')).toBe(0);
});

test('words that begin alike are one word', () => {
  expect(agreement('Explain compression', 'How do I compress?')).toBe(1);
});

test('words that a rewording adds freely do not count', () => {
  expect(agreement('What is the best way to paint a fence?', 'How do I paint a fence?')).toBe(1);
});

test('where nothing is left to compare, the difference is all there is', () => {
  expect(agreement('Accept?', 'Reject?', 'accept', 'reject')).toBe(1);
});
