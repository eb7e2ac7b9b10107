import { describe, expect, test } from 'vitest';
import type { Guard } from './guard.js';
import { parsePromptWords } from './prompt-words.js';

/** Two prompts. */
type Pair = readonly [string, string];

/** What `guard` finds, checked to be found whichever prompt came first. */
function checkBothWays(guard: Guard, a: string, b: string): string | undefined {
  const [first, second] = [parsePromptWords(a), parsePromptWords(b)];
  const found = guard.check(first, second);
  expect(guard.check(second, first) === undefined).toBe(found === undefined);
  return found;
}

/** Runs a guard over its table of examples: pairs that it must refuse, and pairs that it must not. */
export function describeGuard(
  guard: Guard,
  table: { readonly otherAnswer: readonly Pair[]; readonly sameAnswer: readonly Pair[] },
): void {
  describe('another answer', () => {
    test.each(table.otherAnswer)('%s | %s', (a, b) => {
      expect(checkBothWays(guard, a, b)).toBeDefined();
    });
  });

  describe('the same answer, as far as this rule can tell', () => {
    test.each(table.sameAnswer)('%s | %s', (a, b) => {
      expect(checkBothWays(guard, a, b)).toBeUndefined();
    });
  });
}
