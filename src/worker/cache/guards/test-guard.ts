import { describe, expect, test } from 'vitest';
import { findGuards } from './check-guards.js';
import type { Difference, Guard } from './guard.js';
import { parsePromptWords } from './prompt-words.js';

/** Two prompts. */
type Pair = readonly [string, string];

/** A guard's table of examples. */
export type GuardExamples = {
  /** Pairs that it must object to. */
  readonly otherAnswer: readonly Pair[];
  /** Pairs that it must not object to. */
  readonly sameAnswer: readonly Pair[];
  /** Pairs that it must be certain about. */
  readonly certain: readonly Pair[];
  /** Pairs that it must object to without being certain. */
  readonly uncertain: readonly Pair[];
};

/** What `guard` finds, checked to be found whichever prompt came first. */
function checkBothWays(guard: Guard, a: string, b: string): Difference | undefined {
  const [first, second] = [parsePromptWords(a), parsePromptWords(b)];
  const found = guard.check(first, second);
  expect(guard.check(second, first) === undefined).toBe(found === undefined);
  return found;
}

/** Whether `guard` vetoes; `undefined` when it has no objection. Checked in both orders. */
function vetoBothWays(guard: Guard, a: string, b: string): boolean | undefined {
  const [first, second] = [parsePromptWords(a), parsePromptWords(b)];
  const [here, there] = [findGuards(first, second), findGuards(second, first)].map((findings) =>
    findings.find((finding) => finding.guard === guard.name),
  );
  expect(there?.veto).toBe(here?.veto);
  return here?.veto;
}

/** Runs a guard over its table of examples. */
export function describeGuard(guard: Guard, examples: GuardExamples): void {
  describe('another answer', () => {
    test.each(examples.otherAnswer)('%s | %s', (a, b) => {
      expect(checkBothWays(guard, a, b)).toBeDefined();
    });
  });

  describe('certainly another answer', () => {
    test.each(examples.certain)('%s | %s', (a, b) => {
      expect(vetoBothWays(guard, a, b)).toBe(true);
    });
  });

  describe('maybe another answer', () => {
    test.each(examples.uncertain)('%s | %s', (a, b) => {
      expect(vetoBothWays(guard, a, b)).toBe(false);
    });
  });

  describe('the same answer, as far as this rule can tell', () => {
    test.each(examples.sameAnswer)('%s | %s', (a, b) => {
      expect(checkBothWays(guard, a, b)).toBeUndefined();
    });
  });
}
