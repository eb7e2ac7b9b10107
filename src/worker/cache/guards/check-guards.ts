import type { GuardFinding } from '../../../shared/guard.js';
import { antonyms } from './antonyms.js';
import { dates } from './dates.js';
import type { Guard } from './guard.js';
import { names } from './names.js';
import { negation } from './negation.js';
import { numbers } from './numbers.js';
import { order } from './order.js';
import type { PromptWords } from './prompt-words.js';
import { question } from './question.js';

/** All guards, the cheap ones first. */
export const guards: readonly Guard[] = [
  question,
  numbers,
  dates,
  antonyms,
  negation,
  order,
  names,
];

/** The first objection to reusing the answer to one prompt for the other, or `undefined`. */
export function checkGuards(a: PromptWords, b: PromptWords): GuardFinding | undefined {
  if (a.text === b.text) return undefined;
  for (const guard of guards) {
    const detail = guard.check(a, b);
    if (detail !== undefined) return { guard: guard.name, detail };
  }
  return undefined;
}

/** Every objection, at most one a guard: for deciding by more than the first one. */
export function findGuards(a: PromptWords, b: PromptWords): readonly GuardFinding[] {
  return guards.flatMap((guard) => {
    const detail = guard.check(a, b);
    return detail === undefined ? [] : [{ guard: guard.name, detail }];
  });
}
